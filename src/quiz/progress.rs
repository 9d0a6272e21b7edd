//! How a member is doing, for a page of their own: standing, streak, points by day, mastery by topic, what is due again. Reads only.

use crate::bank::Hundredths;
pub use crate::bank::{FULL, points};
use crate::command;
use crate::quiz::Quiz;
use crate::quiz::mastery;
pub use crate::quiz::mastery::{Mastery, Missed, OfTopic};
use crate::quiz::period::Period;
use crate::quiz::profile;
use crate::quiz::scene::Scene;
use crate::quiz::streak::Streak;
use anyhow::Result;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

/// How many weeks of days are looked back on, the present one among them.
pub const WEEKS: i64 = 8;

/// How a member is doing in a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The member is on no board, by their own wish.
    pub hidden: bool,
    /// Their place on this week's daily board.
    pub week: Option<Ranked>,
    /// Their place on the daily board of all time.
    pub all: Option<Ranked>,
    /// Dailies answered in a row.
    pub streak: Streak,
    /// Every day of the last [`WEEKS`] weeks up to today, from a Monday on.
    pub days: Vec<EarnedDay>,
    /// What their quizzes and interviews say.
    pub mastery: Mastery,
}

/// A place among all who have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked {
    /// 1, 1, 3.
    pub rank: usize,
    /// How many have a place.
    pub of: usize,
    /// Points.
    pub points: Hundredths,
    /// For how many answers.
    pub answers: i64,
}

/// What was earned on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarnedDay {
    /// The day, as the workspace counts them.
    pub day: Date,
    /// Points in dailies and challenges, which count for the team's board.
    pub board: Hundredths,
    /// Points in practice.
    pub practice: Hundredths,
    /// How many answers earned them.
    pub answers: i64,
}

impl Progress {
    /// There is nothing yet to show.
    pub fn is_empty(&self) -> bool {
        self.all.is_none() && self.days.iter().all(|day| day.answers == 0) && self.mastery.topics.iter().all(|topic| topic.seen == 0)
    }
}

impl Quiz {
    /// How a member is doing in a pack.
    ///
    /// # Errors
    /// Where the store fails, or there is no such pack or member.
    pub async fn progress(&self, workspace: Uuid, member: Uuid, pack: &str, now: Timestamp) -> Result<Progress> {
        let mut scene = self.look(workspace, now).await?;
        let members = scene.tx.members(scene.workspace.id).await?;
        Ok(Progress {
            hidden: members.iter().any(|known| known.id == member && known.hidden),
            week: profile::place(&mut scene, member, pack, command::Period::Week).await?,
            all: profile::place(&mut scene, member, pack, command::Period::All).await?,
            streak: profile::streaks(&mut scene, member, pack).await?,
            days: days(&mut scene, member, pack).await?,
            mastery: mastery::mastery(&mut scene, member, pack).await?,
        })
    }
}

async fn days(scene: &mut Scene<'_>, member: Uuid, pack: &str) -> Result<Vec<EarnedDay>> {
    let today = scene.today();
    let first = Period::IsoWeek.days(today).from.saturating_sub((WEEKS - 1).weeks());
    let earned = scene.tx.earned_since(scene.workspace.id, member, pack, first).await?;
    let days = first.series(1.day()).take_while(|day| *day <= today).map(|day| {
        let mut sum = EarnedDay { day, board: 0, practice: 0, answers: 0 };
        for one in earned.iter().filter(|one| *one.day == day) {
            match one.board.as_str() {
                "practice" => sum.practice += one.points,
                _ => sum.board += one.points,
            }
            sum.answers += one.answers;
        }
        sum
    });
    Ok(days.collect())
}
