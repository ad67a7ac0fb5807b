//! Versions and platforms: what their names say.

use std::fmt;

/// A version, `N.N.N`: of a release (`4.28.2`), or a day's nightly build (`2018.03.22`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    // Invariant: each part is one or more digits, kept as written.
    parts: [String; 3],
}

/// A day, in the calendar by which nightly builds are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year, in four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// Where a version's source archive is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Archive {
    /// The bucket.
    pub bucket: &'static str,
    /// The key of the object.
    pub path: String,
}

impl Version {
    /// Reads `N.N.N`; anything else is no version.
    pub fn parse(text: &str) -> Option<Version> {
        let parts: Vec<String> = text.split('.').map(str::to_owned).collect();
        let parts: [String; 3] = parts.try_into().ok()?;
        parts.iter().all(|part| is_made_of(part, |c| c.is_ascii_digit())).then_some(Version { parts })
    }

    /// It reads `NNNN.NN.NN`.
    pub fn is_nightly(&self) -> bool {
        self.parts.each_ref().map(String::len) == [4, 2, 2]
    }

    /// The branch of the packaging repository that knows how to build it: `master` or `HHVM-4.28`.
    pub fn branch(&self) -> String {
        let [major, minor, _] = &self.parts;
        if self.is_nightly() { "master".to_owned() } else { format!("HHVM-{major}.{minor}") }
    }

    /// Where its source archive is, or will be once it is made.
    pub fn archive(&self) -> Archive {
        if self.is_nightly() {
            let path = format!("source/nightlies/hhvm-nightly-{self}.tar.gz");
            Archive { bucket: "hhvm-downloads", path }
        } else {
            Archive { bucket: "hhvm-scratch", path: format!("hhvm-{self}.tar.gz") }
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.parts.join("."))
    }
}

/// A day reads like its nightly build: `2018.03.22`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}.{:02}.{:02}", self.year, self.month, self.day)
    }
}

/// An archive reads like its address: `s3://hhvm-scratch/hhvm-4.28.2.tar.gz`.
impl fmt::Display for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s3://{}/{}", self.bucket, self.path)
    }
}

/// Whether it is the name of a Linux distribution: `debian` or `ubuntu`, its number, its nickname.
pub fn is_linux(platform: &str) -> bool {
    let parts: Vec<&str> = platform.split('-').collect();
    let [family, number, nickname] = parts[..] else { return false };
    matches!(family, "debian" | "ubuntu")
        && is_made_of(number, |c| c.is_ascii_digit() || c == '.')
        && is_made_of(nickname, |c| c.is_ascii_alphabetic())
}

fn is_made_of(text: &str, allowed: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).expect("a version")
    }

    #[test]
    fn a_version_is_three_numbers() {
        for text in ["4.28.2", "0.42.0", "2018.03.22", "1.2.34567"] {
            assert_eq!(version(text).to_string(), text);
        }
        for text in ["", "4.28", "4.28.2.1", "4..2", "4.28.x", "v4.28.2", "4.28.2 ", "+4.28.2", "٤.٢.٨"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn four_two_and_two_digits_are_a_nightly() {
        assert!(version("2018.03.22").is_nightly());
        for text in ["4.28.2", "2018.3.22", "2018.03.2", "201.03.22", "20180.03.22"] {
            assert!(!version(text).is_nightly(), "{text}");
        }
    }

    #[test]
    fn a_day_names_its_nightly() {
        assert_eq!(Date { year: 2018, month: 3, day: 2 }.to_string(), "2018.03.02");
    }

    #[test]
    fn releases_have_branches_and_nightlies_come_from_master() {
        assert_eq!(version("4.28.2").branch(), "HHVM-4.28");
        assert_eq!(version("2018.03.22").branch(), "master");
    }

    #[test]
    fn nightlies_and_releases_are_archived_apart() {
        assert_eq!(version("4.28.2").archive().to_string(), "s3://hhvm-scratch/hhvm-4.28.2.tar.gz");
        assert_eq!(
            version("2018.03.22").archive().to_string(),
            "s3://hhvm-downloads/source/nightlies/hhvm-nightly-2018.03.22.tar.gz"
        );
    }

    #[test]
    fn a_linux_distribution_has_a_family_a_number_and_a_nickname() {
        for platform in ["debian-8-jessie", "ubuntu-18.04-bionic"] {
            assert!(is_linux(platform), "{platform}");
        }
        for platform in [
            "source",
            "source_gpg",
            "macos-mojave",
            "ubuntu-18.04",
            "ubuntu--bionic",
            "ubuntu-18.04-",
            "fedora-1-x",
        ] {
            assert!(!is_linux(platform), "{platform}");
        }
        assert!(!is_linux("ubuntu-18.04-bionic2"));
        assert!(!is_linux("ubuntu-18.04-bionic-x"));
    }
}
