//! Frames as Parquet: one row group, Snappy, every column in order; the same bytes each time.

use crate::ReportError;
use crate::doc::{Frame, Values};
use jiff::civil::{Date, date};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use std::sync::Arc;

/// The bytes of a frame; `said` stands in the file's own list of keys and values.
///
/// # Errors
/// When the writer refuses it.
pub fn bytes(frame: &Frame, said: &[(String, String)]) -> Result<Vec<u8>, ReportError> {
    write(frame, said).map_err(|_| ReportError::Parquet { table: frame.name })
}

fn write(frame: &Frame, said: &[(String, String)]) -> Result<Vec<u8>, ParquetError> {
    let fields = frame.columns.iter().map(|(name, values)| field(name, values)).collect::<Result<_, _>>()?;
    let schema = Type::group_type_builder(frame.name).with_fields(fields).build()?;
    let pairs = said.iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect();
    // Who made it is the program, whatever version of the library wrote it.
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("fieldbook".to_owned())
        .set_key_value_metadata(Some(pairs))
        .build();
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut rows = file.next_row_group()?;
    for (_, values) in &frame.columns {
        let Some(mut column) = rows.next_column()? else { break };
        fill(&mut column, values)?;
        column.close()?;
    }
    rows.close()?;
    file.into_inner()
}

fn field(name: &str, values: &Values) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match values {
        Values::Text(_) | Values::SomeText(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Values::Int(_) | Values::SomeInt(_) => (Physical::INT64, None),
        Values::Day(_) | Values::SomeDay(_) => (Physical::INT32, Some(LogicalType::Date)),
        Values::Flag(_) => (Physical::BOOLEAN, None),
    };
    let repetition = if values.may_lack() { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let field = Type::primitive_type_builder(name, physical).with_logical_type(logical);
    Ok(Arc::new(field.with_repetition(repetition).build()?))
}

fn fill(column: &mut SerializedColumnWriter<'_>, values: &Values) -> Result<(), ParquetError> {
    match values {
        Values::Text(all) => put::<ByteArrayType>(column, all.iter().map(|t| bytes_of(t)).collect(), None),
        Values::SomeText(all) => some::<ByteArrayType, _>(column, all, |t| bytes_of(t)),
        Values::Int(all) => put::<Int64Type>(column, all.clone(), None),
        Values::SomeInt(all) => some::<Int64Type, _>(column, all, |n| *n),
        Values::Day(all) => put::<Int32Type>(column, all.iter().map(|d| days(*d)).collect(), None),
        Values::SomeDay(all) => some::<Int32Type, _>(column, all, |d| days(*d)),
        Values::Flag(all) => put::<BoolType>(column, all.clone(), None),
    }
}

fn bytes_of(text: &str) -> ByteArray {
    ByteArray::from(text.as_bytes().to_vec())
}

/// Days since 1970-01-01.
fn days(day: Date) -> i32 {
    day.since(date(1970, 1, 1)).map(|span| span.get_days()).unwrap_or_default()
}

fn some<T: DataType, V>(
    column: &mut SerializedColumnWriter<'_>,
    all: &[Option<V>],
    value: impl Fn(&V) -> T::T,
) -> Result<(), ParquetError> {
    let there = all.iter().map(|v| i16::from(v.is_some())).collect();
    put::<T>(column, all.iter().flatten().map(value).collect(), Some(there))
}

fn put<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: Vec<T::T>,
    there: Option<Vec<i16>>,
) -> Result<(), ParquetError> {
    column.typed::<T>().write_batch(&values, there.as_deref(), None).map(|_| ())
}
