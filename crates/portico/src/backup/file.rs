//! The file of a backup.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};

use super::{BackupError, FORMAT, Manifest};

/// The longest manifest that is read, in bytes.
const MANIFEST_LIMIT: u64 = 1024 * 1024;

/// A backup being written: under another name until it is whole and on the disk.
pub(super) struct Unfinished {
    path: PathBuf,
    part: PathBuf,
    gzip: GzEncoder<BufWriter<File>>,
}

impl Unfinished {
    /// Begins the file with its manifest. Readable by its owner alone: it holds everything the database holds.
    pub(super) fn create(path: &Path, manifest: &Manifest) -> Result<Self, BackupError> {
        if path.exists() {
            return Err(BackupError::Exists(path.to_owned()));
        }
        let part = with_suffix(path, ".part");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let begin = || {
            let file = options.open(&part)?;
            let mut gzip = GzEncoder::new(BufWriter::new(file), Compression::fast());
            serde_json::to_writer(&mut gzip, manifest)?;
            gzip.write_all(b"\n")?;
            Ok(gzip)
        };
        let gzip = begin().map_err(|source| io_error(&part, source))?;
        Ok(Self {
            path: path.to_owned(),
            part,
            gzip,
        })
    }

    /// Takes the database in. Returns its size, in bytes.
    pub(super) fn fill(&mut self, database: &mut impl Read) -> Result<u64, BackupError> {
        io::copy(database, &mut self.gzip).map_err(|source| io_error(&self.part, source))
    }

    /// Makes it durable and gives it its name. Returns its size, in bytes.
    pub(super) fn finish(self) -> Result<u64, BackupError> {
        let Self { path, part, gzip } = self;
        let end = || {
            let file = gzip
                .finish()?
                .into_inner()
                .map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
            std::fs::rename(&part, &path)?;
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
            Ok(file.metadata()?.len())
        };
        end().map_err(|source| io_error(&path, source))
    }

    /// Where it is until it is finished.
    pub(super) fn part(&self) -> &Path {
        &self.part
    }
}

/// A backup that was read once from end to end: it is whole, and its checksum is right.
pub(super) struct Whole {
    path: PathBuf,
    pub(super) manifest: Manifest,
    /// The size of the database in it, in bytes.
    pub(super) size: u64,
}

impl Whole {
    /// Reads all of it, so that nothing is begun with half a backup.
    pub(super) fn check(path: &Path) -> Result<Self, BackupError> {
        let damaged = |error: &dyn std::fmt::Display| BackupError::Damaged {
            path: path.to_owned(),
            reason: error.to_string(),
        };
        let (manifest, mut rest) = open(path)?;
        let size = io::copy(&mut rest, &mut io::sink()).map_err(|error| damaged(&error))?;
        Ok(Self {
            path: path.to_owned(),
            manifest,
            size,
        })
    }

    /// The database in it.
    pub(super) fn database(&self) -> Result<impl Read + use<>, BackupError> {
        Ok(open(&self.path)?.1)
    }
}

type Contents = BufReader<GzDecoder<BufReader<File>>>;

fn open(path: &Path) -> Result<(Manifest, Contents), BackupError> {
    let damaged = |error: &dyn std::fmt::Display| BackupError::Damaged {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    let file = File::open(path).map_err(|source| io_error(path, source))?;
    let mut contents = BufReader::new(GzDecoder::new(BufReader::new(file)));
    let mut line = Vec::new();
    let mut start = contents.by_ref().take(MANIFEST_LIMIT);
    start
        .read_until(b'\n', &mut line)
        .map_err(|error| damaged(&error))?;
    // The format alone first: of a later one nothing else is known.
    let text: serde_json::Value = serde_json::from_slice(&line).map_err(|error| damaged(&error))?;
    let Some(format) = text["portico_backup"].as_u64() else {
        return Err(damaged(&"it has no manifest"));
    };
    if format > u64::from(FORMAT) {
        let version = text["version"].as_str().unwrap_or("of another kind");
        return Err(BackupError::Newer(version.to_owned()));
    }
    let manifest = serde_json::from_value(text).map_err(|error| damaged(&error))?;
    Ok((manifest, contents))
}

/// `path` with something behind its name.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

pub(super) fn io_error(path: &Path, source: io::Error) -> BackupError {
    BackupError::Io {
        path: path.to_owned(),
        source,
    }
}
