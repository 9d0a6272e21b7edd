//! Time zones as people write them, and the nearest one to what they wrote.

use crate::screening::shown;
use jiff::tz::TimeZone;
use unicode_normalization::UnicodeNormalization;

/// Names less alike than this are not the same name mistyped (Jaro-Winkler, 0 to 1).
const ALIKE: f64 = 0.84;

/// What people write for a zone that has another name, in the form that [`plain`] gives it: large cities that the time
/// zone database files under another one, and abbreviations. Several of these are used for more than one zone, and some
/// (EST, MST) are fixed offsets in the database, without summer time: all of them are suggestions, never taken as meant.
const KNOWN_AS: [(&str, &[&str]); 25] = [
    ("America/Chicago", &["cst", "cdt", "ct", "central", "austin", "dallas", "houston"]),
    ("America/Denver", &["mst", "mdt", "mt", "mountain", "boulder"]),
    ("America/Los_Angeles", &["pst", "pdt", "pt", "pacific", "san francisco", "seattle", "portland"]),
    ("America/New_York", &["est", "edt", "et", "eastern", "boston", "atlanta", "washington", "miami"]),
    ("America/Sao_Paulo", &["brt", "brazil", "rio de janeiro", "rio", "brasilia"]),
    ("America/Toronto", &["montreal", "ottawa"]),
    ("Asia/Dubai", &["gst", "abu dhabi"]),
    ("Asia/Ho_Chi_Minh", &["hanoi", "vietnam"]),
    ("Asia/Jerusalem", &["tel aviv", "israel"]),
    ("Asia/Karachi", &["pkt", "lahore", "islamabad", "pakistan"]),
    (
        "Asia/Kolkata",
        &["ist", "india", "bangalore", "bengaluru", "mumbai", "delhi", "new delhi", "hyderabad", "chennai", "pune", "gurgaon", "noida"],
    ),
    ("Asia/Manila", &["philippines"]),
    ("Asia/Seoul", &["kst", "korea"]),
    ("Asia/Shanghai", &["beijing", "shenzhen", "hangzhou", "china"]),
    ("Asia/Singapore", &["sgt"]),
    ("Asia/Tokyo", &["jst", "osaka", "japan"]),
    ("Australia/Sydney", &["aest", "aedt", "canberra"]),
    ("Europe/Berlin", &["munich", "hamburg", "frankfurt", "cologne", "stuttgart", "germany", "cest", "mez", "mesz"]),
    ("Europe/Helsinki", &["eest", "finland"]),
    ("Europe/London", &["bst", "uk", "england", "manchester", "edinburgh", "cambridge"]),
    ("Europe/Madrid", &["barcelona", "valencia", "spain"]),
    ("Europe/Paris", &["lyon", "toulouse", "france"]),
    ("Europe/Rome", &["milan", "turin", "italy"]),
    ("Europe/Warsaw", &["krakow", "wroclaw", "gdansk", "poland"]),
    ("Europe/Zurich", &["geneva", "basel", "bern", "switzerland"]),
];

/// Why a zone can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ZoneFault {
    /// Nothing was written.
    #[error("no time zone is given: write it like Europe/Berlin")]
    Empty,
    /// A fixed distance to UTC, which knows no summer time.
    #[error("“{typed}” has no summer time of its own: name a city instead, like Europe/Berlin")]
    Offset {
        /// What was written.
        typed: String,
    },
    /// No zone of that name, but one that may be meant.
    #[error("I don't know the time zone “{typed}”: did you mean {nearest}?")]
    Misspelt {
        /// What was written.
        typed: String,
        /// The zone that may be meant.
        nearest: String,
    },
    /// No zone of that name, nor one like it.
    #[error("I don't know the time zone “{typed}”: write the region and a large city in your zone, like Europe/Berlin")]
    Unknown {
        /// What was written.
        typed: String,
    },
}

/// Reads a zone by its IANA name, in any case and with spaces for underscores.
///
/// # Errors
/// [`ZoneFault`], which names the zone that may be meant.
pub fn parse_zone(text: &str) -> Result<TimeZone, ZoneFault> {
    let typed = shown(text);
    let text = text.nfkc().collect::<String>();
    let asked = plain(&text);
    if asked.is_empty() {
        return Err(ZoneFault::Empty);
    }
    if let Some(nearest) = known_as(&asked) {
        return Err(ZoneFault::Misspelt { typed, nearest: nearest.to_owned() });
    }
    let underscored = text.split_whitespace().collect::<Vec<_>>().join("_");
    // The database holds a name for "no zone known", which nobody means.
    if asked != "etc unknown"
        && let Ok(zone) = jiff::tz::db().get(&underscored)
    {
        return Ok(zone);
    }
    if is_offset(&text) {
        return Err(ZoneFault::Offset { typed });
    }
    Err(match nearest(&asked) {
        Some(nearest) => ZoneFault::Misspelt { typed, nearest },
        None => ZoneFault::Unknown { typed },
    })
}

fn known_as(asked: &str) -> Option<&'static str> {
    let found = KNOWN_AS.iter().find(|(_, names)| names.contains(&asked));
    found.map(|(zone, _)| *zone)
}

/// The zone whose name, or whose city, is most like what was asked for, if any is like it.
fn nearest(asked: &str) -> Option<String> {
    let mut best: Option<(f64, bool, String)> = None;
    for name in jiff::tz::db().available() {
        let name = name.as_str();
        let whole = plain(name);
        let city = plain(name.rsplit('/').next().unwrap_or(name));
        let alike = strsim::jaro_winkler(asked, &whole).max(strsim::jaro_winkler(asked, &city));
        if alike < ALIKE || best.as_ref().is_some_and(|(most, ..)| alike < *most) {
            continue;
        }
        // Of names that are equally like it, today's name is better than one kept for old times' sake.
        let primary = TimeZone::get(name).is_ok_and(|zone| zone.is_primary());
        if best.as_ref().is_none_or(|(most, of_today, _)| alike > *most || primary && !of_today) {
            best = Some((alike, primary, name.to_owned()));
        }
    }
    best.map(|(_, _, name)| name)
}

/// Names as they are compared: small letters and digits, one space for everything between.
fn plain(name: &str) -> String {
    let spaced: String = name
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "+02:00", "UTC+2", "GMT -5".
fn is_offset(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let signed = text.trim_start_matches("utc").trim_start_matches("gmt").trim_start();
    signed.strip_prefix(['+', '-', '−']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
