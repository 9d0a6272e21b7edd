//! Values as both engines keep them: instants, dates, JSON, and text without NUL, which PostgreSQL refuses.

use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, Serializer};
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef};
use sqlx::sqlite::{SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef};
use sqlx::types::Json;
use sqlx::types::JsonRawValue;
use sqlx::{Decode, Encode, Postgres, Sqlite, Type};
use std::io;
use std::ops::Deref;
use uuid::Uuid;

/// An instant in microseconds: `timestamptz` in PostgreSQL, INTEGER microseconds since 1970 in SQLite (text would sort wrongly).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ts(Timestamp);

/// A civil date: `date` in PostgreSQL, ISO text in SQLite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl From<Timestamp> for Ts {
    /// Cut to microseconds, which is what both engines keep, so that a value read back equals the one written.
    fn from(at: Timestamp) -> Ts {
        Ts(Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at))
    }
}

impl Deref for Ts {
    type Target = Timestamp;
    fn deref(&self) -> &Timestamp {
        &self.0
    }
}

impl From<Date> for Day {
    fn from(day: Date) -> Day {
        Day(day)
    }
}

impl Deref for Day {
    type Target = Date;
    fn deref(&self) -> &Date {
        &self.0
    }
}

impl Type<Postgres> for Ts {
    fn type_info() -> PgTypeInfo {
        <jiff_sqlx::Timestamp as Type<Postgres>>::type_info()
    }
    fn compatible(ty: &PgTypeInfo) -> bool {
        <jiff_sqlx::Timestamp as Type<Postgres>>::compatible(ty)
    }
}

impl Encode<'_, Postgres> for Ts {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Postgres>::encode(self.0.to_sqlx(), buf)
    }
}

impl<'r> Decode<'r, Postgres> for Ts {
    fn decode(value: PgValueRef<'r>) -> Result<Ts, BoxDynError> {
        Ok(<jiff_sqlx::Timestamp as Decode<Postgres>>::decode(value)?.to_jiff().into())
    }
}

impl Type<Sqlite> for Ts {
    fn type_info() -> SqliteTypeInfo {
        <i64 as Type<Sqlite>>::type_info()
    }
    fn compatible(ty: &SqliteTypeInfo) -> bool {
        <i64 as Type<Sqlite>>::compatible(ty)
    }
}

impl Encode<'_, Sqlite> for Ts {
    fn encode_by_ref(&self, buf: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Sqlite>::encode(self.0.as_microsecond(), buf)
    }
}

impl<'r> Decode<'r, Sqlite> for Ts {
    fn decode(value: SqliteValueRef<'r>) -> Result<Ts, BoxDynError> {
        // sqlx would read a NULL as 0 here, which is an instant in 1970.
        if sqlx::ValueRef::is_null(&value) {
            return Err("unexpected null".into());
        }
        Ok(Ts(Timestamp::from_microsecond(<i64 as Decode<Sqlite>>::decode(value)?)?))
    }
}

impl Type<Postgres> for Day {
    fn type_info() -> PgTypeInfo {
        <jiff_sqlx::Date as Type<Postgres>>::type_info()
    }
    fn compatible(ty: &PgTypeInfo) -> bool {
        <jiff_sqlx::Date as Type<Postgres>>::compatible(ty)
    }
}

impl Encode<'_, Postgres> for Day {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Postgres>::encode(self.0.to_sqlx(), buf)
    }
}

impl<'r> Decode<'r, Postgres> for Day {
    fn decode(value: PgValueRef<'r>) -> Result<Day, BoxDynError> {
        Ok(Day(<jiff_sqlx::Date as Decode<Postgres>>::decode(value)?.to_jiff()))
    }
}

impl Type<Sqlite> for Day {
    fn type_info() -> SqliteTypeInfo {
        <String as Type<Sqlite>>::type_info()
    }
    fn compatible(ty: &SqliteTypeInfo) -> bool {
        <String as Type<Sqlite>>::compatible(ty)
    }
}

impl Encode<'_, Sqlite> for Day {
    fn encode_by_ref(&self, buf: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Sqlite>::encode(self.0.to_string(), buf)
    }
}

impl<'r> Decode<'r, Sqlite> for Day {
    fn decode(value: SqliteValueRef<'r>) -> Result<Day, BoxDynError> {
        Ok(Day(<String as Decode<Sqlite>>::decode(value)?.parse()?))
    }
}

/// What both engines can encode.
pub trait Both: for<'q> Encode<'q, Postgres> + Type<Postgres> + for<'q> Encode<'q, Sqlite> + Type<Sqlite> {}
impl<T: for<'q> Encode<'q, Postgres> + Type<Postgres> + for<'q> Encode<'q, Sqlite> + Type<Sqlite>> Both for T {}

/// What may be bound in a statement.
pub trait Value {
    /// As it is kept.
    type Kept: Both;
    /// The same as it is kept: text has U+FFFD in the place of NUL, whatever the engine, so that no message can fail for it.
    fn kept(self) -> Self::Kept;
}

macro_rules! kept_as_they_are {
    ($($kind:ty),*) => { $(impl Value for $kind {
        type Kept = $kind;
        fn kept(self) -> $kind {
            self
        }
    })* };
}
kept_as_they_are!(i64, Option<i64>, bool, Uuid, Option<Uuid>, Ts, Option<Ts>, Day, Option<Day>, Json<Box<JsonRawValue>>);

impl Value for &str {
    type Kept = String;
    fn kept(self) -> String {
        self.replace('\0', "\u{FFFD}")
    }
}

impl Value for Option<&str> {
    type Kept = Option<String>;
    fn kept(self) -> Option<String> {
        self.map(Value::kept)
    }
}

/// Anything as JSON, again without NUL.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> sqlx::Result<Json<Box<JsonRawValue>>> {
    let mut text = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut text, WithoutNul)).map_err(|e| sqlx::Error::Encode(e.into()))?;
    let text = String::from_utf8(text).map_err(|e| sqlx::Error::Encode(e.into()))?;
    JsonRawValue::from_string(text).map(Json).map_err(|e| sqlx::Error::Encode(e.into()))
}

struct WithoutNul;

impl Formatter for WithoutNul {
    fn write_char_escape<W: io::Write + ?Sized>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        match escape {
            CharEscape::AsciiControl(0) => writer.write_all("\u{FFFD}".as_bytes()),
            other => CompactFormatter.write_char_escape(writer, other),
        }
    }
}
