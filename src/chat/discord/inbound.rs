//! What Discord tells, as the events all chats share. Pure; nothing is decided here.

use super::ids::made_at;
use crate::message::{Event, Home, Person, Place, What};
use jiff::Timestamp;
use serenity::model::Permissions;
use serenity::model::application::{ActionRowComponent, ResolvedOption, ResolvedValue};
use serenity::model::application::{CommandInteraction, ComponentInteraction, ComponentInteractionDataKind, ModalInteraction};
use serenity::model::channel::{ChannelType, Message, MessageType, PartialChannel};
use serenity::model::event::MessageUpdateEvent;
use serenity::model::guild::{Member, PartialMember};
use serenity::model::id::{ChannelId, GuildId, MessageId};
use serenity::model::user::User;

/// The name of this platform in [`Home`].
pub const PLATFORM: &str = "discord";

/// What a pack's command for leads is called: Discord has permissions only for a whole command.
pub(super) const FOR_LEADS: &str = "-lead";

/// A server, or somebody's direct messages.
pub(super) fn home(guild: Option<GuildId>, user: &User) -> Home {
    match guild {
        Some(guild) => Home { platform: PLATFORM.into(), id: guild.to_string() },
        None => Home::direct(PLATFORM, &user.id.to_string()),
    }
}

/// Somebody who wrote: nobody tells what they may do.
fn author(user: &User, nick: Option<&str>) -> Person {
    let name = nick.or(user.global_name.as_deref()).unwrap_or(&user.name);
    Person { id: user.id.to_string(), name: name.to_owned(), lead: false, zone: None }
}

/// Somebody who pressed or typed a command, with what they may do. In their own direct messages everybody leads.
fn presser(user: &User, member: Option<&Member>) -> Person {
    let lead = |member: &Member| {
        let may = member.permissions.unwrap_or_default();
        may.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR)
    };
    Person { lead: member.is_none_or(lead), ..author(user, member.and_then(|member| member.nick.as_deref())) }
}

/// Where a message stands, as far as it tells: the channel of a thread isn't in it.
fn place(guild: Option<GuildId>, channel: ChannelId) -> Place {
    let thread = guild.map(|_| channel.to_string());
    Place { channel: channel.to_string(), thread, private: guild.is_none() }
}

/// Where something was pressed or typed as a command.
fn pressed_at(guild: Option<GuildId>, id: ChannelId, channel: Option<&PartialChannel>) -> Place {
    let is_thread = |kind| matches!(kind, ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread);
    match channel.and_then(|channel| channel.parent_id.filter(|_| is_thread(channel.kind))) {
        Some(parent) => Place { channel: parent.to_string(), thread: Some(id.to_string()), private: false },
        None => Place { channel: id.to_string(), thread: None, private: guild.is_none() },
    }
}

fn instant(at: serenity::model::Timestamp) -> Timestamp {
    Timestamp::from_nanosecond(at.unix_timestamp_nanos()).unwrap_or(Timestamp::MIN)
}

/// A person's own words: no bot's, no webhook's, no line of Discord's.
fn is_said(message: &Message) -> bool {
    let by_person = !message.author.bot && !message.author.system && message.webhook_id.is_none();
    let is_text = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    // A sticker or a forwarded message has no words of its own.
    by_person && is_text && (!message.content.is_empty() || !message.attachments.is_empty())
}

/// A message somebody wrote.
pub(super) fn message(message: &Message) -> Option<Event> {
    if !is_said(message) {
        return None;
    }
    let reply_to = message.message_reference.as_ref().filter(|_| message.kind == MessageType::InlineReply);
    let reply_to = reply_to.and_then(|reply| reply.message_id);
    // The message that a thread began with has the thread's id: a reply to the question is like any other word to it.
    let reply_to = reply_to.filter(|id| id.get() != message.channel_id.get());
    let nick = message.member.as_ref().and_then(|member| member.nick.as_deref());
    let what = What::Message { id: message.id.to_string(), text: words(&message.content), reply_to: reply_to.map(|id| id.to_string()) };
    Some(Event {
        delivery: format!("m:{}", message.id),
        workspace: home(message.guild_id, &message.author),
        place: place(message.guild_id, message.channel_id),
        by: author(&message.author, nick),
        at: made_at(message.id.get()),
        what,
    })
}

/// A message that is read back after a silence. What it said before a change is lost, so the time of its words is that of the change; a
/// reply stays a reply.
pub(super) fn read_back(message: &Message) -> Option<Event> {
    let said = self::message(message)?;
    let is_reply = matches!(&said.what, What::Message { reply_to: Some(_), .. });
    match message.edited_timestamp.filter(|_| !is_reply) {
        Some(at) => Some(edited_at(said, message.id, instant(at), &message.content)),
        None => Some(said),
    }
}

/// A message that somebody changed. Discord also tells so when a link's preview has loaded; that is no change of words.
pub(super) fn edited(update: &MessageUpdateEvent) -> Option<Event> {
    let (user, content) = (update.author.as_ref()?, update.content.as_deref()?);
    let at = instant(update.edited_timestamp?);
    if user.bot || user.system || update.webhook_id.flatten().is_some() {
        return None;
    }
    let nick = update.member.as_ref().and_then(|member| member.as_ref()).and_then(|member| member.nick.as_deref());
    let said = Event {
        delivery: String::new(),
        workspace: home(update.guild_id, user),
        place: place(update.guild_id, update.channel_id),
        by: author(user, nick),
        at,
        what: What::Deleted { id: String::new() },
    };
    Some(edited_at(said, update.id, at, content))
}

fn edited_at(said: Event, id: MessageId, at: Timestamp, content: &str) -> Event {
    let what = What::Edited { id: id.to_string(), text: words(content) };
    Event { delivery: format!("e:{id}:{}", at.as_microsecond()), at, what, ..said }
}

/// A message that is gone; who took it away isn't told, nor when.
pub(super) fn deleted(guild: GuildId, channel: ChannelId, message: MessageId, now: Timestamp) -> Event {
    Event {
        delivery: format!("d:{message}"),
        workspace: Home { platform: PLATFORM.into(), id: guild.to_string() },
        place: place(Some(guild), channel),
        by: Person { id: String::new(), name: String::new(), lead: false, zone: None },
        at: now,
        what: What::Deleted { id: message.to_string() },
    }
}

/// What was typed, without what only Discord understands: people, channels and pictures by number.
fn words(content: &str) -> String {
    let mut text = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        match rest.find('>').and_then(|end| Some((named(&rest[1..end])?, end))) {
            Some((name, end)) => {
                text.push_str(&name);
                rest = &rest[end + 1..];
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text + rest
}

/// What to read for one of Discord's own marks.
fn named(mark: &str) -> Option<String> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(id) = mark.strip_prefix('@') {
        return is_number(id.trim_start_matches(['!', '&'])).then(|| "@someone".to_owned());
    }
    if let Some(id) = mark.strip_prefix('#') {
        return is_number(id).then(|| "#channel".to_owned());
    }
    let emoji = mark.strip_prefix("a:").or_else(|| mark.strip_prefix(':'))?;
    let (name, id) = emoji.split_once(':')?;
    (is_number(id) && !name.is_empty()).then(|| format!(":{name}:"))
}

/// A slash command.
pub(super) fn command(interaction: &CommandInteraction) -> Option<Event> {
    let mut named = Vec::new();
    let name = &interaction.data.name;
    let pack = name.strip_suffix(FOR_LEADS).unwrap_or(name);
    let options = interaction.data.options();
    let (path, options) = path(&options)?;
    let command = super::register::command_at(&path)?;
    let chosen: Vec<(&str, String)> = options.iter().filter_map(|option| Some((option.name, value(&option.value, &mut named)?))).collect();
    let text = command.typed(&chosen);
    Some(interacted(
        interaction.id.get(),
        home(interaction.guild_id, &interaction.user),
        pressed_at(interaction.guild_id, interaction.channel_id, interaction.channel.as_ref()),
        presser(&interaction.user, interaction.member.as_deref()),
        What::Command { pack: pack.to_owned(), text, named },
    ))
}

/// The names of the group and the command that were chosen, and the options behind them.
pub(super) fn path<'a>(options: &'a [ResolvedOption<'a>]) -> Option<(Vec<&'a str>, &'a [ResolvedOption<'a>])> {
    let first = options.first()?;
    match &first.value {
        ResolvedValue::SubCommand(options) => Some((vec![first.name], options)),
        ResolvedValue::SubCommandGroup(commands) => {
            let (mut below, options) = path(commands)?;
            below.insert(0, first.name);
            Some((below, options))
        }
        _ => None,
    }
}

fn value(value: &ResolvedValue<'_>, named: &mut Vec<Person>) -> Option<String> {
    Some(match value {
        ResolvedValue::Boolean(value) => value.to_string(),
        ResolvedValue::Integer(value) => value.to_string(),
        ResolvedValue::String(value) => (*value).to_owned(),
        // Everybody's role has the server's own id; it is never told of anything.
        ResolvedValue::Role(role) if role.id.get() == role.guild_id.get() => "@everyone".to_owned(),
        ResolvedValue::Role(role) => format!("<@&{}>", role.id),
        ResolvedValue::User(user, member) => {
            named.push(author(user, member.and_then(|member: &PartialMember| member.nick.as_deref())));
            format!("<@{}>", user.id)
        }
        _ => return None,
    })
}

/// A button that was pressed, or chosen from a menu.
pub(super) fn pressed(interaction: &ComponentInteraction) -> Event {
    let button = match &interaction.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().cloned().unwrap_or_default(),
        _ => interaction.data.custom_id.clone(),
    };
    interacted(
        interaction.id.get(),
        home(interaction.guild_id, &interaction.user),
        pressed_at(interaction.guild_id, interaction.channel_id, interaction.channel.as_ref()),
        presser(&interaction.user, interaction.member.as_ref()),
        What::Press { button },
    )
}

/// A form that was sent.
pub(super) fn submitted(interaction: &ModalInteraction) -> Event {
    let inputs = interaction.data.components.iter().flat_map(|row| &row.components);
    let fields = inputs.filter_map(|input| match input {
        ActionRowComponent::InputText(text) => Some((text.custom_id.clone(), text.value.clone().unwrap_or_default())),
        _ => None,
    });
    interacted(
        interaction.id.get(),
        home(interaction.guild_id, &interaction.user),
        pressed_at(interaction.guild_id, interaction.channel_id, interaction.channel.as_ref()),
        presser(&interaction.user, interaction.member.as_ref()),
        What::Submit { form: interaction.data.custom_id.clone(), fields: fields.collect() },
    )
}

fn interacted(id: u64, workspace: Home, place: Place, by: Person, what: What) -> Event {
    Event { delivery: format!("i:{id}"), workspace, place, by, at: made_at(id), what }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_discord_understands_is_read_as_words() {
        for (typed, read) in [
            ("<@12> says <@!34> and <@&56> in <#78>", "@someone says @someone and @someone in #channel"),
            ("fine <:party:123> <a:wave:456>", "fine :party: :wave:"),
            ("a < b and c > d", "a < b and c > d"),
            ("`<timeout>` <https://istio.io> <@x> <:a:> <", "`<timeout>` <https://istio.io> <@x> <:a:> <"),
        ] {
            assert_eq!(read, words(typed));
        }
    }
}
