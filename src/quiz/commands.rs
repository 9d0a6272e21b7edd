//! Slash commands: read, allowed or not, and handed to what they are about.

use crate::command::{self, Call, Moderation};
use crate::message::{Person, Turn};
use crate::quiz::practice::{self, Wish};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::{
    board, buttons, challenge, daily, help, hints, moderation, privacy, profile, queue, retirement, schedule, setup, wording,
};
use crate::screening::shown;
use crate::store::quizzes::Wanted;

/// Runs what was typed after a pack's slash command.
pub(super) async fn run(scene: &mut Scene<'_>, by: &Speaker, pack: &str, text: &str, named: &[Person]) -> anyhow::Result<Turn> {
    let Some(loaded) = scene.core.pack(pack) else {
        let packs = scene.core.packs.iter().map(|pack| format!("/{}", pack.id)).collect::<Vec<_>>().join(", ");
        return Ok(wording::line(format!("There is no pack “{}” here. There is: {packs}.", shown(pack))));
    };
    // Whoever is being asked questions means those, and not the team's daily.
    if text.trim().eq_ignore_ascii_case("pause") && scene.tx.is_drilling(scene.workspace.id, &by.member.external_id).await? {
        return practice::control(scene, by, Wish::Pause, None).await;
    }
    let (command, call) = match command::parse(text, loaded) {
        Ok(read) => read,
        Err(misread) => return Ok(wording::line(misread.to_string())),
    };
    if scene.workspace.home().is_direct() && (command.lead || needs_others(&call)) {
        return Ok(only_us(scene, command.name));
    }
    if command.lead && !by.lead {
        let line = format!("`{}` is for leads. `{}` lists what everybody can do.", scene.typed(command.name), scene.typed("help"));
        return Ok(wording::line(wording::marked(&line)));
    }
    // Whoever is named by a lead is known from then on, though they have said nothing to me yet.
    for person in named.iter().filter(|_| command.lead) {
        let id = scene.id();
        scene.tx.member(scene.workspace.id, &wording::screened(person), id, scene.now).await?;
    }
    if command.lead { for_leads(scene, by, pack, call).await } else { for_everyone(scene, by, pack, call).await }
}

/// It is about what a team has in common: its boards, its days, its challenges.
fn needs_others(call: &Call) -> bool {
    use Call::{Alias, Away, Challenge, ChallengeSteer, Hide, Leaderboard, Share};
    matches!(call, Challenge { .. } | ChallengeSteer(_) | Leaderboard { .. } | Away(_) | Alias(_) | Hide(_) | Share(_))
}

/// What to say of a team's command where there is no team.
fn only_us(scene: &Scene<'_>, command: &str) -> Turn {
    let typed = |command: &str| scene.typed(command);
    let line = format!(
        "`{}` needs a team: type it in a channel of your server. Here it is just the two of us, and there is `{}`, `{}` and `{}`.",
        typed(command),
        typed("quiz"),
        typed("interview"),
        typed("me")
    );
    wording::line(wording::marked(&line))
}

async fn for_everyone(scene: &mut Scene<'_>, by: &Speaker, pack: &str, call: Call) -> anyhow::Result<Turn> {
    match call {
        Call::Quiz { topic, level, count, weak } => {
            practice::start(scene, by, pack, Wanted { topic, level, count, weak, ..Wanted::default() }).await
        }
        Call::Interview { minutes } => practice::interview::start(scene, by, pack, minutes).await,
        Call::Challenge { topic, count, minutes } => challenge::open(scene, by, pack, challenge::Wish { topic, count, minutes }).await,
        Call::ChallengeSteer(steer) => challenge::steer_here(scene, by, steer).await,
        Call::Skip => practice::control(scene, by, Wish::Skip, None).await,
        Call::Show => practice::control(scene, by, Wish::Show, None).await,
        Call::Stop => practice::control(scene, by, Wish::Stop, None).await,
        Call::Resume => practice::control(scene, by, Wish::Resume, None).await,
        Call::Hint => hints::hint(scene, by).await,
        Call::Grade => buttons::grade_here(scene, by).await,
        Call::Again => match daily::open_here(scene, by).await? {
            Some(round) => buttons::again(scene, by, round.id).await,
            None => Ok(wording::line(daily::nothing_open(scene, by).await?)),
        },
        Call::Leaderboard { period, practice, topic } => board::show(scene, by, pack, period, practice, topic.as_deref()).await,
        Call::Me => profile::me(scene, by, pack).await,
        Call::Away(dates) => profile::away(scene, by, &dates).await,
        Call::Alias(alias) => profile::alias(scene, by, alias.as_deref()).await,
        Call::Hide(hidden) => profile::hide(scene, by, hidden).await,
        Call::Share(shares) => profile::share(scene, by, shares).await,
        Call::Help(about) => help::help(scene, by, pack, about.as_deref()),
        Call::PrivacyExport => privacy::export(scene, by).await,
        Call::PrivacyDelete { confirmed } => privacy::delete(scene, by, confirmed).await,
        // Those for leads are taken elsewhere.
        _ => Ok(Turn::None),
    }
}

async fn for_leads(scene: &mut Scene<'_>, by: &Speaker, pack: &str, call: Call) -> anyhow::Result<Turn> {
    match call {
        Call::Setup(words) => setup::setup(scene, by, pack, &words).await,
        Call::SetupRole { reviewer, who, remove } => setup::role(scene, reviewer, &who, remove).await,
        Call::SetupGroup(group) => setup::told(scene, by, pack, &group).await,
        Call::SetupNotices(on) => setup::notices(scene, by, on).await,
        Call::ScheduleShow => schedule::show(scene, by, pack).await,
        Call::SchedulePause => schedule::pause(scene, by, pack).await,
        Call::ScheduleResume => schedule::resume(scene, by, pack).await,
        Call::ScheduleSkip => schedule::skip(scene, by, pack).await,
        Call::SchedulePreview => schedule::preview(scene, by, pack).await,
        Call::ScheduleQueue(wish) => queue::queue(scene, by, pack, wish).await,
        Call::Moderate(Moderation::Withdraw, who) => moderation::withdraw(scene, by, &who).await,
        Call::Moderate(Moderation::Alias, who) => moderation::clear_alias(scene, by, &who).await,
        Call::Moderate(Moderation::Mute(on), who) => moderation::mute(scene, by, &who, on).await,
        Call::QuestionRetire { id, reason } => retirement::retire(scene, pack, &id, reason.as_deref()).await,
        Call::QuestionRestore(id) => retirement::restore(scene, pack, &id).await,
        Call::SchedulePost => schedule::post(scene, by, pack).await,
        Call::ScheduleHolidays(text) => schedule::holidays(scene, by, pack, &text).await,
        // Those for everybody are taken elsewhere.
        _ => Ok(Turn::None),
    }
}
