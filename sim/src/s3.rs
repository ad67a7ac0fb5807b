//! An Amazon S3 in memory, for Maps that read their items from it and write their results to it.

use std::collections::BTreeMap;

use md5::{Digest, Md5};
use serde_json::{Value, json};

/// Objects by bucket and key.
///
/// All are texts. Where the service would unpack an object, such as the gzipped files of an inventory or of an Athena
/// `UNLOAD`, put the text that is in it under the same key:
///
/// ```
/// use stepwright_sim::Objects;
///
/// let mut objects = Objects::default();
/// objects.put("lists", "daily/data/1.csv.gz", "\"photos\",\"a.png\"\n\"photos\",\"b.png\"\n");
/// assert_eq!(objects.get("lists", "daily/data/1.csv.gz").map(|body| body.lines().count()), Some(2));
/// ```
///
/// There are no versions and no owners: `VersionId` and `ExpectedBucketOwner` have no effect. Parquet is not read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Objects {
    objects: BTreeMap<(String, String), String>,
}

impl Objects {
    /// Puts an object into a bucket; one that is there is replaced. The body is what is in it when unpacked.
    pub fn put(&mut self, bucket: impl Into<String>, key: impl Into<String>, body: impl Into<String>) {
        self.objects.insert((bucket.into(), key.into()), body.into());
    }

    /// The body of an object.
    pub fn get(&self, bucket: &str, key: &str) -> Option<&str> {
        self.objects.get(&(bucket.to_owned(), key.to_owned())).map(String::as_str)
    }

    /// The keys and bodies of those objects of a bucket whose keys begin with a prefix, in the order of their keys.
    pub fn list(&self, bucket: &str, prefix: &str) -> impl Iterator<Item = (&str, &str)> {
        let is_listed =
            move |(at, _): &(&(String, String), &String)| at.0 == bucket && at.1.starts_with(prefix);
        self.objects.iter().filter(is_listed).map(|((_, key), body)| (key.as_str(), body.as_str()))
    }
}

/// An object as `ListObjectsV2` describes it to a Map.
pub(crate) fn listed(key: &str, body: &str, modified: i64) -> Value {
    let hash = Md5::digest(body.as_bytes());
    let hash = hash.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    json!({
        "Etag": format!("\"{hash}\""),
        "Key": key,
        "LastModified": modified / 1_000,
        "Size": body.len(),
        "StorageClass": "STANDARD",
    })
}
