//! The streams that a command writes to.

use std::error::Error as _;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};

use crate::error::Error;
use crate::preview::Pager;
use crate::text::{WIDTH, wrap};

/// A stream that colours can be written to; where they are not wanted, it leaves them out.
pub(crate) type Stream = AutoStream<Box<dyn Write>>;

/// Where a command writes to, and the folder that it is run in.
pub struct Terminal {
    /// What was asked for.
    pub(crate) out: Stream,
    /// Diagnostics, warnings and errors.
    pub(crate) err: Stream,
    /// Whether a person sees at once what goes to `err`.
    #[cfg(feature = "simulator")]
    pub(crate) err_is_screen: bool,
    /// Shows what is long; only where a person is reading.
    pub(crate) pager: Option<Pager>,
    folder: PathBuf,
}

impl fmt::Debug for Terminal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terminal").field("folder", &self.folder).finish_non_exhaustive()
    }
}

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const STRONG: Style = Style::new().bold();

impl Terminal {
    /// The standard streams, in the current folder, with the user's pager if the output goes to a screen.
    pub fn standard(color: clap::ColorChoice) -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        let choose = |auto| if color == clap::ColorChoice::Auto { auto } else { choice(color) };
        let (out_color, err_color) = (choose(AutoStream::choice(&out)), choose(AutoStream::choice(&err)));
        Self {
            pager: out.is_terminal().then(Pager::from_environment).flatten(),
            out: stream(out, out_color),
            #[cfg(feature = "simulator")]
            err_is_screen: err.is_terminal(),
            err: stream(err, err_color),
            // Without a current folder, relative paths are left as they are.
            folder: std::env::current_dir().unwrap_or_default(),
        }
    }

    /// Other streams, which are no screens; relative paths start from `folder`.
    pub fn new(
        out: impl Write + 'static,
        err: impl Write + 'static,
        color: clap::ColorChoice,
        folder: impl Into<PathBuf>,
    ) -> Self {
        let color = choice(color);
        Self {
            out: stream(out, color),
            err: stream(err, color),
            #[cfg(feature = "simulator")]
            err_is_screen: false,
            pager: None,
            folder: folder.into(),
        }
    }

    /// The absolute path of a path from the command line.
    pub(crate) fn resolve(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }

    /// The path in its shortest form: from the current folder, or absolute.
    pub(crate) fn show(&self, path: &Path) -> String {
        let absolute = path.display().to_string();
        match relative(path, &self.folder) {
            Some(short) if short.as_os_str().len() < absolute.len() => short.display().to_string(),
            Some(_) | None => absolute,
        }
    }

    /// Writes a warning of one sentence.
    pub(crate) fn warn(&mut self, message: &str, help: &str) -> Result<(), Error> {
        writeln!(self.err, "{WARNING}warning{WARNING:#}: {message}")?;
        writeln!(self.err, "  = {STRONG}help{STRONG:#}: {help}")?;
        Ok(())
    }

    /// Writes an error and what to do about it. There is nowhere to report that this fails.
    pub fn show_error(&mut self, error: &Error) {
        let reason = error.source().map(|source| format!(": {source}")).unwrap_or_default();
        let mut lines = vec![format!("{ERROR}error{ERROR:#}: {error}{reason}\n")];
        for note in error.notes() {
            lines.push(format!("  = {}\n", wrap(note, WIDTH - 4).join("\n    ")));
        }
        lines.extend(error.to_copy().map(|example| format!("{example}\n")));
        let _ = self.err.write_all(lines.concat().as_bytes()).and_then(|()| self.err.flush());
    }

    /// Writes out what is held back.
    ///
    /// # Errors
    ///
    /// If the output cannot be written, to a full disk for example.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.out.flush()?;
        self.err.flush()?;
        Ok(())
    }
}

fn choice(color: clap::ColorChoice) -> anstream::ColorChoice {
    match color {
        // These streams are no screens.
        clap::ColorChoice::Auto | clap::ColorChoice::Never => anstream::ColorChoice::Never,
        clap::ColorChoice::Always => anstream::ColorChoice::Always,
    }
}

/// A stream on which colours are as chosen.
pub(crate) fn stream(raw: impl Write + 'static, color: anstream::ColorChoice) -> Stream {
    AutoStream::new(Box::new(Patient { raw }), color)
}

/// A stream that takes no offence when the reader leaves: `cargo xtask list | head -1` is no error.
///
/// The command goes on, so that its files are written and its exit code says what it found.
struct Patient<W> {
    raw: W,
}

impl<W: Write> Write for Patient<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        forgive(self.raw.write(bytes), bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        forgive(self.raw.flush(), ())
    }
}

fn forgive<T>(result: io::Result<T>, done: T) -> io::Result<T> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(done),
        result => result,
    }
}

/// The path from a folder to another path; `None` if they have nothing in common.
fn relative(path: &Path, from: &Path) -> Option<PathBuf> {
    let common = path.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return None;
    }
    let up = from.components().skip(common).map(|_| std::path::Component::ParentDir);
    let short: PathBuf = up.chain(path.components().skip(common)).collect();
    Some(if short.as_os_str().is_empty() { PathBuf::from(".") } else { short })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Terminal, relative};

    #[track_caller]
    fn check_relative(path: &str, from: &str, expect: Option<&str>) {
        assert_eq!(relative(Path::new(path), Path::new(from)).as_deref(), expect.map(Path::new));
    }

    #[test]
    fn paths_are_shown_from_the_current_folder() {
        check_relative("/a/b/c.json", "/a", Some("b/c.json"));
        check_relative("/a/b/c.json", "/a/d/e", Some("../../b/c.json"));
        check_relative("/a", "/a", Some("."));
        check_relative("b/c.json", "/a", None);
    }

    #[test]
    fn the_shorter_form_is_shown() {
        let terminal = Terminal::new(Vec::new(), Vec::new(), clap::ColorChoice::Never, "/a/b/c/d");
        assert_eq!(terminal.show(Path::new("/x/y.json")), "/x/y.json");
        assert_eq!(terminal.show(Path::new("/a/b/c/y.json")), "../y.json");
    }
}
