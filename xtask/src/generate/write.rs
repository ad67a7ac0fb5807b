//! Files that are written whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::error::Error;

/// What was done to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// It is new, or has another text than before.
    Changed,
    /// It had that text already and was not touched.
    Unchanged,
}

/// Writes a file, and the folders that it is in. `name` is what to call it.
pub(crate) fn write(path: &Path, name: &str, text: &str) -> Result<Written, Error> {
    if let Some(old) = read(path, name)?
        && old == text.as_bytes()
    {
        return Ok(Written::Unchanged);
    }
    replace(path, text).map_err(|error| {
        Error::new(format!("cannot write `{name}`"))
            .because(error)
            .note("help: make the folder writable, or choose another one with `--out`")
    })?;
    Ok(Written::Changed)
}

/// What a file holds; `None` if there is no such file.
pub(crate) fn read(path: &Path, name: &str) -> Result<Option<Vec<u8>>, Error> {
    if path.is_dir() {
        return Err(Error::new(format!("a folder is in the way of the file `{name}`"))
            .note("help: move the folder away, or choose another place with `--out`"));
    }
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::new(format!("cannot read `{name}`"))
            .because(error)
            .note("help: make it readable, or choose another folder with `--out`")),
    }
}

/// Writes beside the file and renames, so that a full disk or a crash never leaves half of it.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // Only the kind of error, whose text would name the temporary file.
    let mut file = beside(folder).map_err(|error| error.kind())?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

#[cfg(unix)]
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;

    // As for any new file; a temporary one would be for its owner only.
    let permissions = fs::Permissions::from_mode(0o666);
    tempfile::Builder::new().permissions(permissions).tempfile_in(folder)
}

#[cfg(not(unix))]
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    NamedTempFile::new_in(folder)
}
