//! Discord's ids: snowflakes, which hold a time; and ours, short enough for its nonces.

use jiff::Timestamp;
use uuid::Uuid;

/// Discord's epoch, the first millisecond of 2015, in Unix milliseconds.
const EPOCH: i64 = 1_420_070_400_000;

/// The digits of base 62, in the order of their codes.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// When what has this id was made.
pub fn made_at(snowflake: u64) -> Timestamp {
    let milliseconds = i64::try_from(snowflake >> 22).unwrap_or_default();
    Timestamp::from_millisecond(milliseconds + EPOCH).unwrap_or(Timestamp::MIN)
}

/// The smallest id that something made at this time can have.
pub(super) fn first_of(at: Timestamp) -> u64 {
    u64::try_from(at.as_millisecond() - EPOCH).unwrap_or_default() << 22
}

/// One of our ids in 22 characters.
pub fn short(id: Uuid) -> String {
    let mut rest = id.as_u128();
    let mut digits = [b'0'; 22];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[usize::try_from(rest % 62).unwrap_or_default()];
        rest /= 62;
    }
    digits.iter().map(|digit| char::from(*digit)).collect()
}

/// The id behind [`short`].
pub(super) fn long(short: &str) -> Option<Uuid> {
    let digit = |byte: u8| DIGITS.iter().position(|digit| *digit == byte).and_then(|at| u128::try_from(at).ok());
    let number = short.bytes().try_fold(0u128, |number, byte| number.checked_mul(62)?.checked_add(digit(byte)?))?;
    (short.len() == 22).then(|| Uuid::from_u128(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snowflake_holds_its_time() {
        // The example of Discord's reference.
        assert_eq!("2016-04-30T11:18:25.796Z", made_at(175_928_847_299_117_063).to_string());
        let at: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
        assert_eq!(at, made_at(first_of(at)));
    }

    #[test]
    fn ours_fit_a_nonce_and_come_back() {
        for id in [Uuid::nil(), Uuid::max(), Uuid::from_u128(0x0193_5c1e_7b2a_7000_8000_1234_5678_9abc)] {
            assert_eq!((22, Some(id)), (short(id).len(), long(&short(id))));
        }
        for wrong in ["", "0", "!!!!!!!!!!!!!!!!!!!!!!", "zzzzzzzzzzzzzzzzzzzzzz", "00000000000000000000000"] {
            assert_eq!(None, long(wrong), "{wrong}");
        }
    }
}
