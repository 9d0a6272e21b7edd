//! Whom a lead means by a name.

use crate::message::Turn;
use crate::quiz::names::Names;
use crate::quiz::scene::Scene;
use crate::quiz::wording;
use crate::screening;
use crate::store::Result;
use crate::store::people::Member;

/// The one member with this id, mention, name or alias, and what others read as their name; or what to say where there is none, or
/// several.
pub(super) async fn named(scene: &mut Scene<'_>, who: &str) -> Result<std::result::Result<(Member, String), Turn>> {
    let members = scene.tx.members(scene.workspace.id).await?;
    let told_apart = Names::of(&members);
    let with_name = |member: &Member| (member.clone(), told_apart.shown(member.id).to_owned());
    let id = who.trim_matches(['<', '@', '>', '!']);
    let lower = who.to_lowercase();
    let surely = |member: &&Member| member.external_id == id || told_apart.is_numbered(member.id, &lower);
    if let Some(member) = members.iter().find(surely) {
        return Ok(Ok(with_name(member)));
    }
    let is_called = |member: &&Member| names(member).any(|name| name.to_lowercase() == lower);
    let found: Vec<&Member> = members.iter().filter(is_called).collect();
    Ok(match found.as_slice() {
        [member] => Ok(with_name(member)),
        // A name is what people call themselves; nothing is done to one of them while another goes by it.
        [first, _, ..] => {
            let ids = found.iter().map(|member| member.external_id.as_str()).collect::<Vec<_>>().join(", ");
            let called = names(first).find(|name| name.to_lowercase() == lower).unwrap_or_default();
            Err(wording::line(format!("Several people here are called {called}. Name one by id: {ids}.")))
        }
        [] => {
            let near = crate::command::nearest(who, members.iter().flat_map(names));
            let near = near.map_or(String::new(), |near| format!(" Did you mean {near}?"));
            Err(wording::line(format!(
                "I don't know anybody named “{}” here yet.{near} They are known once they have said something to me.",
                screening::shown(who)
            )))
        }
    })
}

fn names(member: &Member) -> impl Iterator<Item = &str> {
    [Some(member.name.as_str()), member.alias.as_deref()].into_iter().flatten()
}
