//! What options are completed with while they are typed.

use super::double::{Discord, Member, Place};
use super::team::Team;
use crate::databases::Fresh;

async fn values(who: &Member, at: &Place, line: &str) -> Vec<String> {
    let all = who.completes(at, line).await;
    assert!(all.len() <= 25, "{line}: {}", all.len());
    all.into_iter().map(|(_, value)| value.as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn topics_questions_and_zones() {
    let team = Team::gather(Fresh::sqlite(), |server| server.text("mesh")).await;
    let (channel, direct) = (&team.channel, team.ana.direct());
    for place in [channel, &direct] {
        assert_eq!(vec!["traffic"], values(&team.ana, place, "/istio quiz topic:TRA").await);
        assert_eq!(vec!["security"], values(&team.ana, place, "/istio quiz topic:urit").await);
        assert!(values(&team.ana, place, "/istio quiz topic:").await.len() > 2);
        assert!(values(&team.ana, place, "/istio quiz topic:nothing like it").await.is_empty());
        assert!(values(&team.ana, place, "/istio quiz topic:<@!&`**").await.is_empty());
    }
    assert_eq!(vec!["canary"], values(&team.lea, channel, "/istio-lead question retire id:can").await);
    assert_eq!(vec!["what-is-a-mesh"], values(&team.lea, channel, "/istio-lead question retire id:a-mesh").await);
    assert!(values(&team.lea, channel, "/istio-lead question retire id:zzz").await.is_empty());
    assert_eq!("Europe/Berlin", values(&team.lea, channel, "/istio-lead setup daily zone:berl").await[0]);
    assert_eq!(vec!["America/New_York"], values(&team.lea, channel, "/istio-lead setup daily zone:new york").await);
    assert_eq!(25, values(&team.lea, channel, "/istio-lead setup daily zone:").await.len());
    assert_eq!(25, values(&team.lea, channel, "/istio-lead setup daily zone:Europe/").await.len());
    assert!(values(&team.lea, channel, "/istio-lead setup daily zone:Middle Earth").await.is_empty());
    only_choices(&team.discord);
    team.end().await;
}

/// Nothing but choices was answered: no message, no thread, no noise.
fn only_choices(discord: &Discord) {
    let answers = discord.requests().into_iter().filter(|seen| seen.path.ends_with("/callback"));
    assert!(answers.into_iter().all(|seen| seen.body["type"] == 8 && seen.status < 300));
}
