//! Slack's signature on what it sends: whoever doesn't know the signing secret can't speak in its name.

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// How far a request's time may lie from ours, either way; a copy of an older request is refused.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(5);

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A header is missing, or is nothing that Slack sends.
    #[error("it is not signed")]
    Unsigned,
    /// Its time is not ours.
    #[error("it is too old, or from the future")]
    Stale,
    /// Somebody else made it, or changed it.
    #[error("its signature is wrong")]
    Forged,
}

/// Checks `X-Slack-Request-Timestamp` and `X-Slack-Signature` against the body as it came, byte by byte; in a time that doesn't tell how
/// much of a signature is right.
///
/// # Errors
/// The request is not Slack's, or not of now.
pub fn check(secret: &SecretString, timestamp: Option<&str>, signature: Option<&str>, body: &[u8], now: Timestamp) -> Result<(), Refusal> {
    let timestamp = timestamp.ok_or(Refusal::Unsigned)?;
    let at = timestamp.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or(Refusal::Unsigned)?;
    let signature = signature.and_then(|signature| signature.strip_prefix("v0=")).and_then(unhex).ok_or(Refusal::Unsigned)?;
    if now.duration_since(at).abs() > WINDOW {
        return Err(Refusal::Stale);
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).map_err(|_| Refusal::Forged)?;
    for part in [b"v0:".as_slice(), timestamp.as_bytes(), b":", body] {
        mac.update(part);
    }
    mac.verify_slice(&signature).map_err(|_| Refusal::Forged)
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.bytes().map(|byte| char::from(byte).to_digit(16).map(|digit| digit as u8)).collect();
    digits.filter(|digits| digits.len() % 2 == 0).map(|digits| digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";
    const BODY: &[u8] = b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    /// Of that request, as Slack's documentation gives it.
    const SIGNATURE: &str = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    const AT: &str = "1531420618";

    fn checked(timestamp: Option<&str>, signature: Option<&str>, body: &[u8], seconds_later: i64) -> Result<(), Refusal> {
        let now = Timestamp::from_second(1_531_420_618 + seconds_later).unwrap();
        check(&SecretString::from(SECRET), timestamp, signature, body, now)
    }

    #[test]
    fn what_slack_signed_is_taken_for_five_minutes() {
        for later in [-300, 0, 300] {
            assert_eq!(checked(Some(AT), Some(SIGNATURE), BODY, later), Ok(()));
        }
        for later in [-301, 301, i64::from(i32::MAX)] {
            assert_eq!(checked(Some(AT), Some(SIGNATURE), BODY, later), Err(Refusal::Stale));
        }
    }

    #[test]
    fn a_changed_body_time_or_signature_is_refused() {
        assert_eq!(checked(Some(AT), Some(SIGNATURE), b"token=other", 0), Err(Refusal::Forged));
        assert_eq!(checked(Some("1531420619"), Some(SIGNATURE), BODY, 0), Err(Refusal::Forged));
        let mut other = SIGNATURE.to_owned();
        other.replace_range(10..11, "0");
        assert_eq!(checked(Some(AT), Some(&other), BODY, 0), Err(Refusal::Forged));
        assert_eq!(checked(Some(AT), Some(&SIGNATURE[..41]), BODY, 0), Err(Refusal::Forged));
    }

    #[test]
    fn what_is_not_signed_is_refused() {
        for (timestamp, signature) in [
            (None, Some(SIGNATURE)),
            (Some(AT), None),
            (Some("soon"), Some(SIGNATURE)),
            (Some("99999999999999999"), Some(SIGNATURE)),
            (Some(AT), Some("v1=00")),
            (Some(AT), Some("v0=0")),
            (Some(AT), Some("v0=größer")),
        ] {
            assert_eq!(checked(timestamp, signature, BODY, 0), Err(Refusal::Unsigned), "{timestamp:?} {signature:?}");
        }
    }
}
