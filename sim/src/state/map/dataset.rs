//! Where in Amazon S3 the items lie: one object, several that a list names, or the list itself.

use serde_json::Value;
use stepwright_codegen::asl::{
    CsvHeaderLocation, InputType, ManifestType, ReaderConfig, ReaderTransformation,
};

use crate::history::Text;
use crate::s3::{self, Objects};
use crate::state::map::{Items, format};

/// What an `ItemReader` reads from.
pub(crate) struct Dataset<'a> {
    /// All of Amazon S3.
    pub(crate) objects: &'a Objects,
    /// `ReaderConfig`.
    pub(crate) config: &'a ReaderConfig,
    /// When the simulation started, which is when all objects were last modified.
    pub(crate) started: i64,
}

impl Dataset<'_> {
    /// `getObject`: the items of an object, or of the objects that it lists. What it fails with is the cause.
    pub(crate) fn object(&self, bucket: &str, key: &str) -> Result<Vec<Items>, String> {
        match (self.config.manifest_type, self.config.input_type) {
            (Some(ManifestType::S3Inventory), _) | (None, Some(InputType::Manifest)) => {
                self.inventory(bucket, key)
            }
            (Some(ManifestType::AthenaData), _) => self.athena(bucket, key),
            (None, _) => Ok(vec![self.file(bucket, key, self.config)?]),
        }
    }

    /// `listObjectsV2`: the listed objects, or with `LOAD_AND_FLATTEN` what is in them.
    pub(crate) fn listing(
        &self,
        bucket: &str,
        prefix: &str,
        start_after: &str,
    ) -> Result<Vec<Items>, String> {
        let listed = self.objects.list(bucket, prefix).filter(|(key, _)| *key > start_after);
        if self.config.transformation == Some(ReaderTransformation::LoadAndFlatten) {
            return listed.map(|(key, _)| self.file(bucket, key, self.config)).collect();
        }
        let values = listed.map(|(key, body)| s3::listed(key, body, self.started)).collect();
        Ok(vec![Items { values, source: Some(Text::from(format!("S3://{bucket}"))), ..Items::default() }])
    }

    /// An Amazon S3 inventory: a manifest with the names of the columns and the keys of the CSV files with the rows.
    fn inventory(&self, bucket: &str, key: &str) -> Result<Vec<Items>, String> {
        let at = |problem: &str| format!("the inventory s3://{bucket}/{key} {problem}");
        let manifest: Value = serde_json::from_str(self.body(bucket, key)?)
            .map_err(|error| at(&format!("is no manifest.json: {error}")))?;
        if let Some(format) = manifest["fileFormat"].as_str().filter(|format| *format != "CSV") {
            return Err(at(&format!("is in {format}; only an inventory in CSV can be read")));
        }
        let config = self.inventory_config(&manifest).ok_or_else(|| at("has no `fileSchema`"))?;
        let files = manifest["files"].as_array().ok_or_else(|| at("has no list of `files`"))?;
        // The manifest names the bucket by its ARN, `arn:aws:s3:::name`.
        let named = manifest["destinationBucket"].as_str().and_then(|arn| arn.rsplit(':').next());
        let bucket = named.unwrap_or(bucket);
        let keys =
            files.iter().map(|file| file["key"].as_str().ok_or_else(|| at("lists a file without `key`")));
        keys.map(|key| self.file(bucket, key?, &config)).collect()
    }

    /// How the files of an inventory are to be read: they have no header, the manifest has it.
    fn inventory_config(&self, manifest: &Value) -> Option<ReaderConfig> {
        let config = ReaderConfig { input_type: Some(InputType::Csv), ..self.config.clone() };
        if config.csv_header_location == Some(CsvHeaderLocation::Given) {
            return Some(config);
        }
        let schema = manifest["fileSchema"].as_str()?;
        let columns = schema.split(',').map(|column| column.trim().to_owned());
        Some(ReaderConfig {
            csv_header_location: Some(CsvHeaderLocation::Given),
            csv_headers: Some(columns.collect()),
            ..config
        })
    }

    /// The manifest of an Athena `UNLOAD`: the URI of a file in each line.
    fn athena(&self, bucket: &str, key: &str) -> Result<Vec<Items>, String> {
        // An UNLOAD writes no JSON documents, and the guide names no other formats.
        if !matches!(self.config.input_type, Some(InputType::Csv | InputType::Jsonl | InputType::Parquet)) {
            return Err("ManifestType ATHENA_DATA needs InputType CSV, JSONL or PARQUET".to_owned());
        }
        let lines = self.body(bucket, key)?.lines().map(str::trim).filter(|line| !line.is_empty());
        let files = lines.map(|line| {
            let (bucket, file) = line.strip_prefix("s3://").and_then(|rest| rest.split_once('/')).ok_or_else(
                || format!("the manifest s3://{bucket}/{key} has a line that is no URI like s3://bucket/key: {line}"),
            )?;
            self.file(bucket, file, self.config)
        });
        files.collect()
    }

    /// The items of one file. Items that a manifest leads to have the file they are in as their source.
    fn file(&self, bucket: &str, key: &str, config: &ReaderConfig) -> Result<Items, String> {
        let items =
            format::parse(self.body(bucket, key)?, config).map_err(|cause| located(bucket, key, cause))?;
        Ok(Items { source: Some(Text::from(format!("S3://{bucket}/{key}"))), ..items })
    }

    fn body(&self, bucket: &str, key: &str) -> Result<&str, String> {
        let body = self.objects.get(bucket, key);
        body.ok_or_else(|| format!("The specified key does not exist: {key} (in the bucket {bucket})"))
    }
}

/// A cause with the file it is about. A whole sentence is the wording of the service, which names no file.
fn located(bucket: &str, key: &str, cause: String) -> String {
    if cause.ends_with('.') { cause } else { format!("cannot read s3://{bucket}/{key}: {cause}") }
}
