//! How a schedule asks: when, what, where answers are taken, who sees grades.

use crate::quiz::calendar::Timetable;
use crate::quiz::scene::Scene;
use crate::screening::shown;
use crate::store::Result;
use crate::store::rounds::Round;
use crate::store::schedules::Schedule;
use serde::{Deserialize, Serialize};

/// How a schedule asks; kept in its row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Plan {
    /// When it posts and closes.
    pub(super) timetable: Timetable,
    /// The topics it asks; none means all.
    pub(super) topics: Vec<String>,
    /// What it does when every question was asked.
    pub(super) run_low: RunLow,
    /// Where answers are taken.
    #[serde(default)]
    pub(super) answers: Answers,
    /// Who sees a grade.
    #[serde(default)]
    pub(super) grades: Grades,
    /// The platform's id of the group that is mentioned with each question; nobody else is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) told: Option<String>,
}

/// Where answers are taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Answers {
    /// Typed in the thread.
    Thread,
    /// By form alone; what is typed in the thread is talk.
    Private,
    /// Both ways.
    #[default]
    Both,
}

/// Who sees a grade.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Grades {
    /// Its author alone.
    #[default]
    Author,
    /// The thread, where the author agreed as well.
    Thread,
}

impl Answers {
    pub(super) fn named(name: &str) -> Result<Self, String> {
        match name.trim().to_lowercase().as_str() {
            "thread" => Ok(Answers::Thread),
            "private" => Ok(Answers::Private),
            "both" => Ok(Answers::Both),
            other => Err(format!("Answers are taken in the thread, private or both, not “{}”.", shown(other))),
        }
    }

    /// Its name, as it is typed.
    pub(super) fn name(self) -> &'static str {
        match self {
            Answers::Thread => "thread",
            Answers::Private => "private",
            Answers::Both => "both",
        }
    }
}

impl Grades {
    pub(super) fn named(name: &str) -> Result<Self, String> {
        match name.trim().to_lowercase().as_str() {
            "author" | "private" => Ok(Grades::Author),
            "thread" => Ok(Grades::Thread),
            other => Err(format!("Grades go to the author or to the thread, not to “{}”.", shown(other))),
        }
    }

    /// Its name, as it is typed.
    pub(super) fn name(self) -> &'static str {
        match self {
            Grades::Author => "author",
            Grades::Thread => "thread",
        }
    }
}

/// What happens when every question was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RunLow {
    /// The lowest-scoring ones are asked again once they have rested.
    Again,
    /// The schedule pauses and tells the lead.
    Pause,
}

/// How the schedule of a round asks, as far as the chat can.
pub(super) async fn of_round(scene: &mut Scene<'_>, round: &Round) -> Result<Option<Plan>> {
    let Some(schedule) = round.schedule_id else { return Ok(None) };
    let schedule = scene.tx.schedule::<Plan>(scene.workspace.id, schedule).await?;
    Ok(schedule.map(|Schedule { plan, .. }| Plan { answers: scene.abilities().answers(plan.answers), ..plan }))
}
