//! Bodies of several parts: `payload_json` and the files.

use serde_json::Value;

/// A file that came along.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    /// The n of `files[n]`.
    pub(crate) index: u64,
    pub(crate) name: String,
    pub(crate) kind: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// Reads the body; none where it is malformed.
pub(crate) fn read(kind: &str, bytes: &[u8]) -> Option<(Value, Vec<Upload>)> {
    let boundary = kind.split(';').find_map(|part| part.trim().strip_prefix("boundary="))?.trim_matches('"');
    let mark = format!("--{boundary}");
    let (mut body, mut files) = (Value::Null, Vec::new());
    let mut rest = &bytes[find(bytes, mark.as_bytes())? + mark.len()..];
    while !rest.starts_with(b"--") {
        rest = rest.strip_prefix(b"\r\n")?;
        let head_end = find(rest, b"\r\n\r\n")?;
        let head = std::str::from_utf8(&rest[..head_end]).ok()?;
        let after = &rest[head_end + 4..];
        let end = find(after, format!("\r\n{mark}").as_bytes())?;
        let content = &after[..end];
        let header = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(':'));
            lines.find(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
        };
        let disposition = header("content-disposition")?;
        match parameter(disposition, "name")? {
            "payload_json" => body = serde_json::from_slice(content).ok()?,
            file => files.push(Upload {
                index: file.strip_prefix("files[")?.strip_suffix(']')?.parse().ok()?,
                name: parameter(disposition, "filename")?.to_owned(),
                kind: header("content-type").map(str::to_owned),
                bytes: content.to_vec(),
            }),
        }
        rest = &after[end + 2 + mark.len()..];
    }
    Some((body, files))
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    within.windows(what.len()).position(|window| window == what)
}

fn parameter<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.split(';').filter_map(|part| part.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value.trim_matches('"'))
}
