//! Reads backups. The file is not trusted: lines, values and the compression ratio are bounded, so
//! that reading takes at most some tens of megabytes of memory.

use super::encryption::DecryptionOptions;
use super::format::{FORMAT_VERSION, Header, MAX_LINE, Trailer};
use anyhow::{Context as _, bail, ensure};
use domain::backup::Line;
use flate2::read::GzDecoder;
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead as _, BufReader, Read};
use std::rc::Rc;

/// Maximum number of values in a row.
const MAX_VALUES: usize = 500;
/// Maximum ratio of uncompressed to compressed size. Rows compress to between a tenth and a
/// thirtieth of their size, zeros to a thousandth.
const MAX_RATIO: u64 = 250;
/// Uncompressed size in bytes up to which the ratio is not checked; smaller files do no harm.
const UNCHECKED_SIZE: u64 = 16 << 20;
/// Maximum size of an age header in bytes, which is enough for many recipients.
const MAX_AGE_HEADER: u64 = 1 << 16;

/// Counts the bytes that are read. Fails if more bytes than a maximum were read.
struct LimitedReader<R> {
    from: R,
    count: Rc<Cell<u64>>,
    max: Rc<Cell<u64>>,
}

impl<R: Read> Read for LimitedReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.count.get() > self.max.get() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its header is too long"));
        }
        let read = self.from.read(into)?;
        self.count.set(self.count.get().saturating_add(u64::try_from(read).unwrap_or(u64::MAX)));
        Ok(read)
    }
}

/// Reads the lines of a backup, and checks their number and digest at the end.
pub(super) struct BackupReader {
    lines: BufReader<GzDecoder<Box<dyn Read>>>,
    digest: Sha256,
    /// Number of lines that were read.
    count: u64,
    /// Number of bytes that were read from the file.
    compressed: Rc<Cell<u64>>,
    /// Number of bytes of all lines.
    uncompressed: u64,
}

impl BackupReader {
    /// Opens a backup, and decrypts it if it is encrypted.
    pub(super) fn new(file: Box<dyn Read>, decryption: &DecryptionOptions) -> anyhow::Result<Self> {
        let (compressed, max) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(u64::MAX)));
        let mut file = BufReader::new(LimitedReader {
            from: file,
            count: compressed.clone(),
            max: max.clone(),
        });
        let start = file.fill_buf()?;
        let is_armored = start.starts_with(b"-----BEGIN AGE");
        let plain: Box<dyn Read> = if is_armored || start.starts_with(b"age-encryption.org/") {
            max.set(MAX_AGE_HEADER);
            let decrypted: Box<dyn Read> = if is_armored {
                Box::new(decryption.decrypt(age::armor::ArmoredReader::new(file))?)
            } else {
                Box::new(decryption.decrypt(file)?)
            };
            max.set(u64::MAX);
            decrypted
        } else {
            Box::new(file)
        };
        Ok(Self {
            lines: BufReader::new(GzDecoder::new(plain)),
            digest: Sha256::new(),
            count: 0,
            compressed,
            uncompressed: 0,
        })
    }

    pub(super) fn read_header(&mut self) -> anyhow::Result<Header> {
        let text = self.read_line().context("this is not a backup")?;
        let header: Header =
            serde_json::from_str(&text).context("this is not a backup of Clientele")?;
        ensure!(
            header.clientele_backup == FORMAT_VERSION,
            "the backup has format {}, which this version does not support",
            header.clientele_backup
        );
        self.add_to_digest(&text);
        Ok(header)
    }

    /// Returns the next table or row. Returns `None` at the trailer, after checking it.
    pub(super) fn next_line(&mut self) -> anyhow::Result<Option<Line>> {
        let text = self.read_line()?;
        if let Some(line) = self.parse_line(&text)? {
            self.add_to_digest(&text);
            return Ok(Some(line));
        }
        let trailer: Trailer = serde_json::from_str(&text)
            .with_context(|| format!("line {} cannot be read", self.count + 1))?;
        let is_complete = trailer.lines == self.count
            && trailer.sha256 == hex::encode(self.digest.clone().finalize());
        ensure!(is_complete, "the backup was changed or is damaged");
        match self.lines.fill_buf() {
            Ok([]) => Ok(None),
            Ok(_) => bail!("the file continues after the end of the backup"),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                bail!("the backup was cut off")
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Parses a table or a row. Returns `None` for other lines, such as the trailer.
    fn parse_line(&self, text: &str) -> anyhow::Result<Option<Line>> {
        if text.starts_with('[') {
            let Row(row) = serde_json::from_str(text)
                .with_context(|| format!("line {} cannot be read", self.count + 1))?;
            return Ok(Some(Line::Row(row)));
        }
        Ok(serde_json::from_str::<Table>(text)
            .ok()
            .map(|Table { table, columns }| Line::Table { table, columns }))
    }

    fn read_line(&mut self) -> anyhow::Result<String> {
        let mut line = Vec::new();
        let max_length = u64::try_from(MAX_LINE)? + 1;
        match (&mut self.lines).take(max_length).read_until(b'\n', &mut line) {
            Ok(0) => bail!("the backup was cut off"),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                bail!("the backup was cut off")
            }
            outcome => outcome?,
        };
        ensure!(
            line.len() <= MAX_LINE,
            "line {} is longer than {} MiB: this is not a backup of Clientele",
            self.count + 1,
            MAX_LINE >> 20
        );
        self.uncompressed += u64::try_from(line.len())?;
        let max_uncompressed = self.compressed.get().saturating_mul(MAX_RATIO).max(UNCHECKED_SIZE);
        ensure!(
            self.uncompressed <= max_uncompressed,
            "the backup unpacks to more than {MAX_RATIO} times its size: this is not a backup of Clientele"
        );
        String::from_utf8(line).with_context(|| format!("line {} is not text", self.count + 1))
    }

    /// Adds a line to the digest and the number of lines.
    fn add_to_digest(&mut self, text: &str) {
        self.digest.update(text.as_bytes());
        self.count += 1;
    }
}

#[derive(serde::Deserialize)]
struct Table {
    table: String,
    columns: Vec<String>,
}

/// The values of a row: texts, numbers, booleans and null. Lists and objects are refused, because
/// they take many times their size in memory.
struct Row(Vec<Value>);

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct RowVisitor;
        impl<'de> Visitor<'de> for RowVisitor {
            type Value = Row;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "at most {MAX_VALUES} values")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Row, A::Error> {
                let mut row = Vec::new();
                while let Some(Scalar(value)) = from.next_element()? {
                    if row.len() == MAX_VALUES {
                        return Err(de::Error::invalid_length(MAX_VALUES + 1, &self));
                    }
                    row.push(value);
                }
                Ok(Row(row))
            }
        }
        from.deserialize_seq(RowVisitor)
    }
}

struct Scalar(Value);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct ScalarVisitor;
        impl Visitor<'_> for ScalarVisitor {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, a number, a boolean or null")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
                Ok(Scalar(value.into()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
                Ok(Scalar(value.into()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
                Ok(Scalar(value.into()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
                Ok(Scalar(value.into()))
            }

            fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
                Ok(Scalar(value.into()))
            }

            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar(Value::Null))
            }
        }
        from.deserialize_any(ScalarVisitor)
    }
}
