//! What people typed, from the text Slack gives of it: entities and references undone.

/// The text of a message as it was typed, as nearly as Slack tells.
///
/// `&amp;`, `&lt;` and `&gt;` are characters again, each once. `<https://…|label>` and `<mailto:…|label>` are their labels, which is what was
/// typed; `<#C1|name>` is `#name`, `<@U1>` is `@U1` (or `@name`, where it is told), `<!here>` is `@here`, and every other reference is what
/// Slack shows where it can't show it.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&characters(&rest[..at]));
        rest = &rest[at + 1..];
        // Slack writes every `<` that was typed as an entity, so an open one is no reference.
        match rest.find(['>', '<']).filter(|end| rest[*end..].starts_with('>')) {
            Some(end) => {
                out.push_str(&reference(&rest[..end]));
                rest = &rest[end + 1..];
            }
            None => out.push('<'),
        }
    }
    out.push_str(&characters(rest));
    out
}

/// What was typed for what stands between `<` and `>`.
fn reference(inner: &str) -> String {
    let (what, label) = match inner.split_once('|') {
        Some((what, label)) => (what, Some(label).filter(|label| !label.is_empty())),
        None => (inner, None),
    };
    let named = |sign: &str, name: &str| {
        let name = characters(label.unwrap_or(name));
        if name.starts_with(sign) { name } else { format!("{sign}{name}") }
    };
    match what.chars().next() {
        Some('@') => named("@", &what[1..]),
        Some('#') => named("#", &what[1..]),
        Some('!') if what.starts_with("!date^") => characters(label.unwrap_or_default()),
        Some('!') => named("@", what[1..].split('^').next_back().unwrap_or_default()),
        _ => characters(label.unwrap_or_else(|| what.strip_prefix("mailto:").unwrap_or(what))),
    }
}

/// Entities as the characters they stand for; `&amp;lt;` is `&lt;`, and nothing more.
fn characters(text: &str) -> String {
    // In this order, so that no entity comes about by another's end.
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
