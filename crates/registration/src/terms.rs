//! The terms and conditions: Markdown files, a folder a version, a file a language.

mod markdown;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use aws_lc_rs::digest;
use kernel::Language;

pub use markdown::{Heading, Html, to_html};

/// All versions. The newest is the one whose folder's name is greatest, so dates make good names.
#[derive(Clone, Debug)]
pub struct Terms(Arc<BTreeMap<String, [Document; 2]>>);

/// One version in one language.
#[derive(Clone, Debug)]
pub struct Document {
    /// The version: the name of the folder.
    pub version: String,
    /// The language.
    pub language: Language,
    /// The file, as it is.
    pub text: String,
    /// The SHA-256 of the file's bytes, in hexadecimal.
    pub hash: String,
    /// The file as HTML, with its headings.
    pub html: Html,
}

/// Terms that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TermsError {
    /// A file or folder could not be read.
    #[error("{}: {error}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// A file is not UTF-8, or empty.
    #[error("{}: the terms must be a UTF-8 text and not empty", .0.display())]
    NoText(PathBuf),
    /// A folder's name is none for a version.
    #[error("{}: the name of a version has letters, digits, dots, hyphens and underscores only", .0.display())]
    Name(PathBuf),
    /// No version at all.
    #[error("{}: holds no version of the terms; a folder such as 2026-11-01 with en.md and vi.md is meant", .0.display())]
    Empty(PathBuf),
}

impl Terms {
    /// The sample that comes with Portico.
    #[must_use]
    pub fn built_in() -> Self {
        let version = "2026-11-01";
        let documents = [
            Document::new(
                version,
                Language::English,
                include_str!("../terms/2026-11-01/en.md").to_owned(),
            ),
            Document::new(
                version,
                Language::Vietnamese,
                include_str!("../terms/2026-11-01/vi.md").to_owned(),
            ),
        ];
        Self(Arc::new(BTreeMap::from([(version.to_owned(), documents)])))
    }

    /// Reads all versions of a folder, or takes the sample where there is none.
    pub fn load(folder: Option<&Path>) -> Result<Self, TermsError> {
        let Some(folder) = folder else {
            return Ok(Self::built_in());
        };
        let unreadable = |error| TermsError::Read {
            path: folder.to_owned(),
            error,
        };
        let mut versions = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let name = path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
            // Hidden folders belong to tools; files beside the versions (a README, say) are no versions.
            let Some(version) = name.filter(|name| !name.starts_with('.') && path.is_dir()) else {
                continue;
            };
            if !version
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
            {
                return Err(TermsError::Name(path));
            }
            let read = |language: Language| {
                let file = path.join(format!("{}.md", language.tag()));
                let bytes = fs::read(&file).map_err(|error| TermsError::Read {
                    path: file.clone(),
                    error,
                })?;
                match String::from_utf8(bytes) {
                    Ok(text) if !text.trim().is_empty() => Ok(Document::new(&version, language, text)),
                    _ => Err(TermsError::NoText(file)),
                }
            };
            let documents = [read(Language::English)?, read(Language::Vietnamese)?];
            versions.insert(version, documents);
        }
        if versions.is_empty() {
            return Err(TermsError::Empty(folder.to_owned()));
        }
        Ok(Self(Arc::new(versions)))
    }

    /// The newest version in a language.
    #[must_use]
    pub fn current(&self, language: Language) -> &Document {
        let (_, documents) = self
            .0
            .last_key_value()
            .expect("terms are made with at least one version");
        in_language(documents, language)
    }

    /// A version in a language.
    #[must_use]
    pub fn find(&self, version: &str, language: Language) -> Option<&Document> {
        self.0
            .get(version)
            .map(|documents| in_language(documents, language))
    }
}

fn in_language(documents: &[Document; 2], language: Language) -> &Document {
    match language {
        Language::English => &documents[0],
        Language::Vietnamese => &documents[1],
    }
}

impl Document {
    fn new(version: &str, language: Language, text: String) -> Self {
        let hash = hash(text.as_bytes());
        let html = to_html(&text);
        Self {
            version: version.to_owned(),
            language,
            text,
            hash,
            html,
        }
    }
}

/// SHA-256, in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    hex::encode(digest::digest(&digest::SHA256, bytes))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use kernel::Language;

    use super::{Terms, TermsError, hash};

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn the_hash_is_that_of_the_file() {
        assert_eq!(
            hash(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn the_greatest_name_is_the_newest_version() {
        let folder = folder(&[
            ("2026-01-01/en.md", "# Old"),
            ("2026-01-01/vi.md", "# Cũ"),
            ("2026-02-01/en.md", "# New"),
            ("2026-02-01/vi.md", "# Mới"),
            ("README.md", "no version"),
            (".git/config", "no version"),
        ]);
        let terms = Terms::load(Some(folder.path())).unwrap();
        assert_eq!(terms.current(Language::Vietnamese).text, "# Mới");
        assert_eq!(terms.find("2026-01-01", Language::English).unwrap().text, "# Old");
        assert!(terms.find("2025", Language::English).is_none());
    }

    #[test]
    fn a_missing_or_empty_file_is_named() {
        let missing = folder(&[("1/en.md", "# Terms")]);
        let error = Terms::load(Some(missing.path())).unwrap_err().to_string();
        assert!(error.contains("1/vi.md"), "{error}");
        let empty = folder(&[("1/en.md", "# Terms"), ("1/vi.md", " \n")]);
        assert!(matches!(
            Terms::load(Some(empty.path())),
            Err(TermsError::NoText(_))
        ));
        let nothing = folder(&[]);
        assert!(matches!(
            Terms::load(Some(nothing.path())),
            Err(TermsError::Empty(_))
        ));
    }

    #[test]
    fn the_sample_is_there_in_both_languages() {
        for language in Language::ALL {
            let document = Terms::built_in().current(language).clone();
            assert!(document.html.headings.len() > 5, "{language:?}");
            assert_eq!(document.language, language);
        }
    }
}
