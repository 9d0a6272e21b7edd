//! Two days of a team: three members, a daily each day, answers of every kind, a quiz, a challenge with a restart in its middle, a permission
//! that is taken away and given back. Told once as people see it; then with everything delivered twice, and shuffled.

use super::double::{Answer, Id, Member};
use super::team::{Boards, Team, boards};
use crate::databases::Fresh;
use std::fmt::Write;
use std::ops::Deref;

const FULL: &str = "a layer of proxies between the services, it encrypts traffic; weights split traffic, step by step";
const WEIGHTS: &str = "weights split traffic between the versions, step by step";
const QUESTIONS: [&str; 12] =
    ["what-is-a-mesh", "canary", "more-1", "more-2", "more-3", "more-4", "more-5", "more-6", "more-7", "more-8", "more-9", "more-10"];
const SEND_MESSAGES: u64 = 1 << 11;

/// What is done to the events on their way to the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weather {
    Fair,
    /// Everything comes twice.
    Twice,
    /// What is written within a window comes in another order.
    Shuffled(u64),
}

struct Evening {
    team: Team,
    weather: Weather,
    told: String,
}

impl Deref for Evening {
    type Target = Team;

    fn deref(&self) -> &Team {
        &self.team
    }
}

impl Evening {
    async fn begin(fresh: Fresh, weather: Weather) -> Evening {
        let team = Team::gather_for(fresh, |server| server.text("mesh"), &QUESTIONS).await;
        team.discord.deliver_twice(weather == Weather::Twice);
        Evening { team, weather, told: String::new() }
    }

    /// What somebody was answered, for the transcript.
    fn tell(&mut self, what: &str, said: &str) {
        assert!(!said.contains("did not respond"), "{what}: {said}\n{}", self.told);
        let _ = writeln!(self.told, "# {what}\n{said}\n");
    }

    async fn says(&mut self, who: fn(&Evening) -> &Member, line: &str) -> Answer {
        let answer = who(self).command(&self.channel, line).await;
        self.tell(line, &answer.text());
        answer
    }

    async fn presses(&mut self, who: fn(&Evening) -> &Member, message: Id, label: &str) -> Answer {
        let answer = who(self).presses(message, label).await;
        self.tell(&format!("[{label}]"), &answer.text());
        answer
    }

    /// What is written in the meantime comes as the weather is.
    async fn window(&mut self, written: impl AsyncFnOnce(&mut Evening)) {
        if let Weather::Shuffled(_) = self.weather {
            self.discord.withhold_events();
        }
        written(self).await;
        if let Weather::Shuffled(seed) = self.weather {
            self.discord.release_events(Some(seed));
        }
        self.settled().await;
    }

    async fn first_day(&mut self) {
        let offer = self.says(|e| &e.lea, "/istio-lead setup daily").await;
        self.presses(|e| &e.lea, offer.message(), "Start").await;
        self.at("2026-11-24T09:00").await;
        let thread = self.channel.thread(1).await;
        let asked = self.question();
        self.presses(|e| &e.ben, asked, "Hint").await;
        self.window(async |e| {
            e.ana.types(&thread, FULL);
            e.wait_a_little(2).await;
            let half = e.ben.types(&thread, "I think it is a layer of proxes");
            e.wait_a_little(5).await;
            e.ben.types(&thread, "and weights come into it, step by step");
            e.wait_a_little(2).await;
            e.lea.replies(&thread, half, "which proxies do you mean?");
            e.wait_a_little(9).await;
            e.ben.edits(half, "I think it is a layer of proxies");
        })
        .await;
        let form = self.presses(|e| &e.lea, asked, "Answer privately").await;
        let graded = self.lea.submits(&form, &[("In your own words", "a layer of proxies, weights split traffic")]).await;
        self.tell("the form, sent", &graded.text());
        self.presses(|e| &e.ana, asked, "My grade").await;
        self.presses(|e| &e.ben, asked, "My grade").await;
        self.says(|e| &e.ana, "/istio share switch:on").await;
        self.at("2026-11-25T08:00").await;
        self.says(|e| &e.ana, "/istio leaderboard period:day").await;
    }

    /// Time passes between two messages. In fair weather the first was dealt with by then, so that the transcript is the same each time.
    async fn wait_a_little(&self, seconds: i64) {
        if self.weather == Weather::Fair {
            self.settled().await;
        }
        self.later(seconds);
    }

    /// The bot may not write when the second daily is due; a lead is told, and mends it.
    async fn a_permission_is_missing(&mut self) {
        self.channel.takes_from_bot(SEND_MESSAGES);
        self.at("2026-11-25T09:00").await;
        self.says(|e| &e.lea, "/istio-lead schedule show").await;
        self.channel.takes_from_bot(0);
        self.settled().await;
        self.wait(10 * 60).await;
        self.says(|e| &e.lea, "/istio-lead schedule show").await;
    }

    async fn second_day(&mut self) {
        self.a_permission_is_missing().await;
        let thread = self.channel.thread(2).await;
        let asked = self.question();
        self.window(async |e| {
            e.ben.types(&thread, "no idea");
            e.wait_a_little(20).await;
            let code = e.ana.types(&thread, "```yaml\n# a layer of proxies between the services\nmode: STRICT\n```");
            e.wait_a_little(90).await;
            e.ana.deletes(code);
            e.wait_a_little(90).await;
            e.ana.types(&thread, &format!("answer: {FULL}"));
        })
        .await;
        self.presses(|e| &e.ben, asked, "Hint").await;
        self.window(async |e| {
            e.ben.types(&thread, WEIGHTS);
        })
        .await;
        let grade = self.presses(|e| &e.ben, asked, "My grade").await;
        self.presses(|e| &e.ben, grade.message(), "Try again").await;
        self.wait(60).await;
        self.window(async |e| {
            e.ben.types(&thread, "It is a layer of proxies.");
        })
        .await;
        self.a_quiz().await;
        self.a_challenge().await;
        self.at("2026-11-26T08:00").await;
        self.says(|e| &e.ben, "/istio leaderboard period:week").await;
        self.says(|e| &e.ana, "/istio me").await;
    }

    async fn a_quiz(&mut self) {
        let question = self.says(|e| &e.ben, "/istio quiz topic:traffic count:1").await;
        let form = self.presses(|e| &e.ben, question.message(), "Answer").await;
        let graded = self
            .ben
            .submits(&form, &[("Your answer", "a layer of proxies that encrypts traffic, weights split traffic, step by step")])
            .await;
        self.tell("the quiz's answer", &graded.text());
    }

    async fn a_challenge(&mut self) {
        self.says(|e| &e.ana, "/istio challenge count:2 minutes:3").await;
        self.settled().await;
        let card = self.with_button("Join").unwrap();
        self.presses(|e| &e.ana, card, "Join").await;
        self.presses(|e| &e.ben, card, "Join").await;
        self.presses(|e| &e.ana, card, "Start").await;
        self.settled().await;
        self.answers_the_challenge("a layer of proxies that encrypts traffic, weights split traffic, step by step").await;
        self.team.bot.restart().await;
        self.wait(3 * 60).await;
        self.answers_the_challenge("weights").await;
        self.wait(3 * 60).await;
    }

    async fn answers_the_challenge(&mut self, text: &str) {
        let question = self.with_button("Answer").unwrap();
        let form = self.presses(|e| &e.ana, question, "Answer").await;
        let graded = self.ana.submits(&form, &[("In your own words", text)]).await;
        self.tell("the challenge's answer", &graded.text());
        self.settled().await;
    }

    async fn end(self) -> String {
        self.team.bot.end().await;
        let seen = self.team.discord.transcript();
        self.team.discord.end().await;
        whichever(&format!("{}\n# What everybody sees\n{seen}", self.told))
    }
}

/// Which of the questions that say the same in other words is drawn hangs on how many ids were made before, side by side.
fn whichever(told: &str) -> String {
    (1..=10).fold(told.to_owned(), |told, n| told.replace(&format!("in other words ({n})"), "in other words"))
}

async fn evening(fresh: Fresh, weather: Weather) -> (String, Boards) {
    let mut evening = Evening::begin(fresh, weather).await;
    evening.first_day().await;
    evening.second_day().await;
    let boards = boards(evening.bot.quiz().db()).await;
    (evening.end().await, boards)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn as_people_see_it() {
    let (told, _) = evening(Fresh::sqlite(), Weather::Fair).await;
    insta::assert_snapshot!(told);
}

/// Whatever order the events come in, the boards come to the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_any_order() {
    let (_, fair) = evening(Fresh::sqlite(), Weather::Fair).await;
    for seed in 1..=8 {
        let (_, shuffled) = evening(Fresh::sqlite(), Weather::Shuffled(seed)).await;
        assert_eq!(fair, shuffled, "shuffled by {seed}");
    }
}

crate::databases::both! {
    /// Everything is told twice, and the boards come to the same.
    async fn told_twice(fresh: Fresh) {
        let (_, fair) = evening(Fresh::sqlite(), Weather::Fair).await;
        let (_, twice) = evening(fresh, Weather::Twice).await;
        assert_eq!(fair, twice);
    }
}
