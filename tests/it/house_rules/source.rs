//! Source files as the house rules read them: the code without comments, strings and tests.
//!
//! No parser of Rust: a scan that knows comments, strings, characters and braces. That is enough for code that rustfmt
//! has laid out, and it keeps a compiler's front end out of the build.

/// One Rust file.
pub(crate) struct Source {
    /// From the repository's root, with slashes: `src/quiz/mod.rs`.
    pub(crate) path: String,
    /// As it stands in the file.
    pub(crate) raw: String,
    /// The same lines, with blanks for comments and for what stands in quotes.
    pub(crate) code: String,
    /// `code` with blanks for everything that is `#[cfg(test)]`.
    pub(crate) shipped: String,
    /// Lines without the tests.
    pub(crate) lines: usize,
}

/// A function of a file.
pub(crate) struct Function {
    pub(crate) name: String,
    /// The line of its `fn`, from 1.
    pub(crate) line: usize,
    /// From `fn` to the closing brace.
    pub(crate) lines: usize,
}

impl Source {
    pub(crate) fn new(path: &str, raw: &str) -> Self {
        let code = without_words(raw);
        let (shipped, test_lines) = if path.ends_with("/tests.rs") { tests_alone(&code) } else { without_tests(&code) };
        Self { path: path.to_owned(), raw: raw.to_owned(), lines: raw.lines().count() - test_lines, code, shipped }
    }

    /// The module of the crate's root that the file belongs to, such as `quiz`; `None` outside `src`.
    pub(crate) fn module(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        Some(inside.split('/').next()?.trim_end_matches(".rs"))
    }

    /// How many modules lie between the file and the crate's root: 0 for `src/lib.rs`, 1 for `src/quiz/mod.rs`.
    pub(crate) fn depth(&self) -> usize {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inside.split('/').filter(|part| !matches!(*part, "mod.rs" | "lib.rs" | "main.rs")).count()
    }

    /// The paths that begin with `root`, such as `std`, each with its line; `std::{env, fs}` is two.
    pub(crate) fn paths(&self, root: &str) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let start = format!("{root}::");
        for (at, _) in self.shipped.match_indices(&start) {
            if !begins_word(&self.shipped, at) {
                continue;
            }
            let mut paths = Vec::new();
            expand(&mut self.shipped[at + start.len()..].trim_start(), root, &mut paths);
            found.extend(paths.into_iter().map(|path| (line_of(&self.shipped, at), path)));
        }
        found
    }

    /// The lines on which the words stand as words of the code, tests left out.
    pub(crate) fn shipped_lines_with(&self, words: &str) -> Vec<usize> {
        lines_with(&self.shipped, words)
    }

    /// The lines on which the words stand as words of the code.
    pub(crate) fn lines_with(&self, words: &str) -> Vec<usize> {
        lines_with(&self.code, words)
    }

    /// The functions that have a body, tests left out.
    pub(crate) fn functions(&self) -> Vec<Function> {
        let code = &self.shipped;
        let starts = code.match_indices("fn ").filter(|(at, _)| begins_word(code, *at));
        let found = starts.filter_map(|(at, start)| {
            let name = identifier(&code[at + start.len()..]);
            let end = body_end(code, at).filter(|_| !name.is_empty())?;
            let line = line_of(code, at);
            Some(Function { name: name.to_owned(), line, lines: line_of(code, end) - line + 1 })
        });
        found.collect()
    }
}

fn lines_with(code: &str, words: &str) -> Vec<usize> {
    let ends = |at: usize| !code[at..].starts_with(is_word) || !words.ends_with(is_word);
    let starts = |at: usize| !code[..at].ends_with(is_word) || !words.starts_with(is_word);
    let found = code.match_indices(words).filter(|(at, found)| starts(*at) && ends(at + found.len()));
    found.map(|(at, _)| line_of(code, at)).collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What stands here is the beginning of a path, not the middle of a word or of a longer path.
fn begins_word(code: &str, at: usize) -> bool {
    let before = &code[..at];
    // `::sqlx` is the crate as well, `a::sqlx` something else.
    let before = before.strip_suffix("::").unwrap_or(before);
    !before.ends_with(|c: char| is_word(c) || c == '>')
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

fn identifier(code: &str) -> &str {
    &code[..code.find(|c| !is_word(c)).unwrap_or(code.len())]
}

/// Reads one tree of a `use`, or one path in an expression, off the front of `rest`.
fn expand(rest: &mut &str, prefix: &str, paths: &mut Vec<String>) {
    if let Some(mut inner) = rest.strip_prefix('{') {
        loop {
            inner = inner.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if inner.is_empty() || inner.starts_with('}') {
                break;
            }
            let before = inner.len();
            expand(&mut inner, prefix, paths);
            if inner.len() == before {
                // Nothing that belongs in a `use`: not one after all.
                break;
            }
        }
        *rest = inner.strip_prefix('}').unwrap_or(inner);
        return;
    }
    let name = if rest.starts_with('*') { "*" } else { identifier(rest) };
    *rest = &rest[name.len()..];
    let path = format!("{prefix}::{name}");
    let goes_on = rest.strip_prefix("::").filter(|next| next.starts_with(|c: char| is_word(c) || c == '{' || c == '*'));
    match goes_on {
        Some(next) => {
            *rest = next;
            expand(rest, &path, paths);
        }
        None => {
            if !name.is_empty() {
                paths.push(path);
            }
            // `as name`
            if let Some(alias) = rest.trim_start().strip_prefix("as ") {
                *rest = &alias[identifier(alias).len()..];
            }
        }
    }
}

/// Where the item that begins at `from` ends: its closing brace; `None` if a semicolon ends it.
fn body_end(code: &str, from: usize) -> Option<usize> {
    let mut brackets = 0i32;
    let mut braces = 0i32;
    for (at, c) in code[from..].char_indices() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            ';' if brackets == 0 && braces == 0 => return None,
            '{' => braces += 1,
            '}' => {
                braces -= 1;
                if braces <= 0 {
                    return Some(from + at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Blanks for every item that is compiled for tests only; and how many lines those have.
fn without_tests(code: &str) -> (String, usize) {
    let mut shipped = String::with_capacity(code.len());
    let mut lines = 0;
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        shipped.push_str(&rest[..at]);
        let end = body_end(rest, at).or_else(|| rest[at..].find(';').map(|length| at + length));
        let (item, after) = rest[at..].split_at(end.map_or(rest.len(), |end| end + 1) - at);
        shipped.extend(item.chars().map(blank));
        lines += item.lines().count();
        rest = after;
    }
    shipped.push_str(rest);
    (shipped, lines)
}

/// A file `tests.rs` below `src` is the body of a `#[cfg(test)] mod tests;`.
fn tests_alone(code: &str) -> (String, usize) {
    (code.chars().map(blank).collect(), code.lines().count())
}

fn blank(c: char) -> char {
    if c == '\n' { '\n' } else { ' ' }
}

/// Blanks for comments and literals of text.
fn without_words(raw: &str) -> String {
    let mut code = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(first) = rest.chars().next() {
        let words = words_length(rest, code.ends_with(is_word));
        let (piece, after) = rest.split_at(words.unwrap_or(first.len_utf8()));
        match words {
            Some(_) => code.extend(piece.chars().map(blank)),
            None => code.push(first),
        }
        rest = after;
    }
    code
}

/// How long the comment, string or character is that begins here, in bytes; `None` where there is none.
fn words_length(rest: &str, in_word: bool) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(block_comment(rest));
    }
    if let Some(hashes) = rest.strip_prefix('r').filter(|_| !in_word) {
        let fence = &hashes[..hashes.len() - hashes.trim_start_matches('#').len()];
        if let Some(inside) = hashes[fence.len()..].strip_prefix('"') {
            let close = format!("\"{fence}");
            let open = rest.len() - inside.len();
            return Some(inside.find(&close).map_or(rest.len(), |at| open + at + close.len()));
        }
    }
    if rest.starts_with('"') {
        return Some(quoted(rest, '"'));
    }
    // A lifetime has no closing quote after its first letter.
    let mut after_quote = rest.strip_prefix('\'')?.chars();
    let is_character = after_quote.next() == Some('\\') || after_quote.next() == Some('\'');
    is_character.then(|| quoted(rest, '\''))
}

/// The length of a literal with its quotes.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

/// The length of a block comment, which may hold others.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}
