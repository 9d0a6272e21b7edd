//! A page as a tree, read strictly: what the server sends has every tag closed and every attribute quoted, and a page that doesn't is a
//! fault in itself. On it forms, buttons and links are found by what people read.

use std::collections::BTreeMap;

/// Elements that hold nothing.
const VOID: [&str; 6] = ["meta", "link", "input", "br", "hr", "img"];

/// An element.
#[derive(Debug, Clone, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// A form as a browser would send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filled {
    pub(crate) action: String,
    pub(crate) fields: Vec<(String, String)>,
}

impl Filled {
    /// A field's value.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// The same, sent elsewhere.
    pub(crate) fn to(self, action: &str) -> Filled {
        Filled { action: action.into(), ..self }
    }

    /// The same with another value in a field, which may be new.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Filled {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.into(), value.into()));
        self
    }
}

impl Element {
    /// Reads a page.
    pub(crate) fn page(html: &str) -> Element {
        let rest = html.strip_prefix("<!DOCTYPE html>").unwrap_or_else(|| panic!("no doctype: {html:.200}"));
        Element::fragment(rest)
    }

    /// Reads a part of one.
    pub(crate) fn fragment(html: &str) -> Element {
        let mut open = vec![Element::default()];
        let mut rest = html;
        while !rest.is_empty() {
            let text = &rest[..rest.find('<').unwrap_or(rest.len())];
            if !text.is_empty() {
                open.last_mut().unwrap().children.push(Node::Text(decoded(text)));
            }
            rest = &rest[text.len()..];
            let Some(tag) = rest.strip_prefix('<') else { continue };
            let end = end_of_tag(tag);
            rest = &tag[end + 1..];
            match tag[..end].strip_prefix('/') {
                Some(name) => {
                    let closed = open.pop().unwrap();
                    assert_eq!(closed.name, name, "closed in the wrong order before {rest:.200}");
                    open.last_mut().unwrap_or_else(|| panic!("</{name}> closes nothing")).children.push(Node::Element(closed));
                }
                None => {
                    // Drawings are XML, in which an element may end itself.
                    let opening = tag[..end].trim_end();
                    let alone = opening.strip_suffix('/');
                    let element = Element::opened(alone.unwrap_or(opening));
                    if alone.is_some() || VOID.contains(&element.name.as_str()) {
                        open.last_mut().unwrap().children.push(Node::Element(element));
                    } else {
                        open.push(element);
                    }
                }
            }
        }
        assert_eq!(1, open.len(), "not closed: {:?}", open.last().unwrap().name);
        open.pop().unwrap()
    }

    fn opened(tag: &str) -> Element {
        let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        assert!(!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()), "no tag: <{tag}>");
        let mut element = Element { name: name.into(), ..Element::default() };
        while !rest.trim().is_empty() {
            rest = rest.trim_start();
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (key, after) = rest.split_at(end);
            let value = match after.strip_prefix("=\"") {
                Some(quoted) => {
                    let (value, after) = quoted.split_once('"').unwrap_or_else(|| panic!("no end of {key} in <{tag}>"));
                    rest = after;
                    decoded(value)
                }
                None => {
                    assert!(!after.starts_with('='), "{key} is not quoted in <{tag}>");
                    rest = after;
                    String::new()
                }
            };
            let before = element.attributes.insert(key.into(), value);
            assert_eq!(None, before, "{key} twice in <{tag}>");
        }
        element
    }

    /// An attribute's value.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// This and all elements below it, in the order of the page.
    pub(crate) fn all(&self) -> Vec<&Element> {
        let mut found = vec![self];
        for child in &self.children {
            if let Node::Element(element) = child {
                found.extend(element.all());
            }
        }
        found
    }

    /// All of these elements below.
    pub(crate) fn named<'e>(&'e self, name: &str) -> Vec<&'e Element> {
        self.all().into_iter().filter(|element| element.name == name).collect()
    }

    /// The element with this id.
    pub(crate) fn id(&self, id: &str) -> &Element {
        self.all().into_iter().find(|element| element.attribute("id") == Some(id)).unwrap_or_else(|| panic!("no #{id}: {}", self.text()))
    }

    /// What is read, with one blank between words; what is hidden or stands in the head is not.
    pub(crate) fn text(&self) -> String {
        self.words().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn words(&self) -> String {
        let unseen = ["head", "datalist", "script"].contains(&self.name.as_str()) || self.attributes.contains_key("hidden");
        let words = self.children.iter().map(|child| match child {
            Node::Text(text) => text.clone(),
            Node::Element(element) => element.words(),
        });
        let inline = ["a", "strong", "code", "span", "time"].contains(&self.name.as_str());
        match words.collect::<String>() {
            _ if unseen => String::new(),
            words if inline => words,
            words => format!(" {words} "),
        }
    }

    /// The form with a button of this label and with all of these fields by their labels, filled in and sent with that button.
    pub(crate) fn filled(&self, fields: &[(&str, &str)], label: &str) -> Filled {
        let found = self.named("form").into_iter().find_map(|form| form.fill(fields, label));
        found.unwrap_or_else(|| panic!("no form with {fields:?} and the button {label}: {}", self.text()))
    }

    /// There is a button of this label.
    pub(crate) fn has_button(&self, label: &str) -> bool {
        self.named("button").iter().any(|button| button.text() == label)
    }

    fn fill(&self, fields: &[(&str, &str)], label: &str) -> Option<Filled> {
        let button = self.named("button").into_iter().find(|button| button.text() == label)?;
        let mut typed = BTreeMap::new();
        for (label, value) in fields {
            let labelled = self.named("label").into_iter().find(|element| element.text() == *label)?.attribute("for")?;
            let field = self.all().into_iter().find(|element| element.attribute("id") == Some(labelled))?;
            typed.insert(field.attribute("name").unwrap().to_owned(), (*value).to_owned());
        }
        let mut sent = Vec::new();
        for field in self.all() {
            let Some(name) = field.attribute("name") else { continue };
            let held = match field.name.as_str() {
                "input" => field.attribute("value").unwrap_or_default().to_owned(),
                "textarea" => field.children.iter().map(|child| if let Node::Text(text) = child { text.as_str() } else { "" }).collect(),
                _ => continue,
            };
            sent.push((name.to_owned(), typed.get(name).cloned().unwrap_or(held)));
        }
        if let Some(name) = button.attribute("name") {
            sent.push((name.to_owned(), button.attribute("value").unwrap_or_default().to_owned()));
        }
        assert_eq!(Some("post"), self.attribute("method"), "a form that isn't posted: {}", self.text());
        Some(Filled { action: self.attribute("action").unwrap().to_owned(), fields: sent })
    }

    /// Where the link of this text leads.
    pub(crate) fn link(&self, text: &str) -> &str {
        let found = self.named("a").into_iter().find(|link| link.text() == text && !link.attributes.contains_key("hidden"));
        found.unwrap_or_else(|| panic!("no link {text}: {}", self.text())).attribute("href").unwrap()
    }

    /// Nothing on it runs or looks by itself: scripts and styles are files of the room's own, and every address is a page.
    pub(crate) fn is_inert(&self) {
        for element in self.all() {
            let said = format!("<{} {:?}>", element.name, element.attributes);
            match element.name.as_str() {
                "script" => {
                    assert_eq!((Some("/room.js"), true), (element.attribute("src"), element.children.is_empty()), "{said}");
                }
                "style" | "iframe" | "object" | "embed" | "base" | "img" => panic!("{said}"),
                _ => {}
            }
            for (name, value) in &element.attributes {
                assert!(!name.starts_with("on") && name != "style" && name != "srcdoc", "{said}");
                if ["href", "src", "action", "formaction"].contains(&name.as_str()) {
                    assert!(value.starts_with('/') || value.starts_with('#') || value.starts_with("https://"), "{said}");
                    assert!(!value.starts_with("//"), "{said}");
                }
            }
        }
    }
}

/// Where a tag ends; a `>` between quotes doesn't end it.
fn end_of_tag(tag: &str) -> usize {
    let mut quoted = false;
    for (at, c) in tag.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    panic!("a tag without an end: {tag:.100}");
}

/// Text with its entities read. Those the pages are made with are few; another one is a fault.
fn decoded(text: &str) -> String {
    let mut parts = text.split('&');
    let mut read = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (entity, rest) = part.split_once(';').unwrap_or_else(|| panic!("a bare & in {text:.200}"));
        read.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            other => panic!("an entity &{other};"),
        });
        read.push_str(rest);
    }
    read
}

/// The reader reads, or none of these tests says anything.
#[test]
fn a_page_is_read() {
    let page = Element::page(
        r#"<!DOCTYPE html><main id="main"><p>a &lt;b&gt; <strong>c</strong>, d</p><p hidden>not this</p>
        <form method="post" action="/say"><input type="hidden" name="id" value="1"><label for="t">Text</label>
        <textarea id="t" name="text">before</textarea><button name="do" value="go">Go</button></form><a href="/x">there</a></main>"#,
    );
    assert_eq!("a <b> c, d Text before Go there", page.id("main").text());
    let sent = page.filled(&[("Text", "now")], "Go");
    assert_eq!(("/say", "1", "now", "go"), (sent.action.as_str(), sent.get("id"), sent.get("text"), sent.get("do")));
    assert_eq!("before", page.filled(&[], "Go").get("text"));
    assert_eq!("/x", page.link("there"));
    for hostile in [r#"<p onclick="x"></p>"#, "<script>x</script>", r#"<p style="x"></p>"#, r#"<a href="javascript:x">y</a>"#] {
        assert!(std::panic::catch_unwind(|| Element::fragment(hostile).is_inert()).is_err(), "{hostile}");
    }
}
