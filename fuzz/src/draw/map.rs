//! Map states, inline and distributed.

use serde_json::{Value, json};
use stepwright_codegen::asl::QueryLanguage;

use super::{Drawer, Fields, Habit};

impl Drawer {
    pub(super) fn map(&self, fields: &mut Fields, depth: usize, language: QueryLanguage) {
        let is_distributed = self.habit == Habit::Straight && self.chance(50);
        let mut processor = self.scope(if is_distributed { depth.min(1) } else { depth }, language);
        if is_distributed {
            let execution_type = self.word(&["STANDARD", "EXPRESS"]);
            let config = json!({ "Mode": "DISTRIBUTED", "ExecutionType": execution_type });
            processor.insert("ProcessorConfig".to_owned(), config);
            self.distributed_fields(fields, language);
        } else {
            self.maybe(30, &mut processor, "ProcessorConfig", || json!({ "Mode": "INLINE" }));
        }
        let name = if self.chance(90) { "ItemProcessor" } else { "Iterator" };
        fields.insert(name.to_owned(), processor.into());
        self.items_fields(fields, language);
        self.count_field(40, fields, "MaxConcurrency", language);
    }

    fn items_fields(&self, fields: &mut Fields, language: QueryLanguage) {
        match language {
            QueryLanguage::JsonPath => {
                self.maybe(70, fields, "ItemsPath", || {
                    if self.chance(70) { "$.items".into() } else { self.path().into() }
                });
                let name = self.word(&["ItemSelector", "ItemSelector", "Parameters"]);
                self.maybe(30, fields, &name, || self.template_members(2).into());
            }
            QueryLanguage::Jsonata => {
                self.maybe(75, fields, "Items", || match self.below(4) {
                    0 => self.with_expressions(1),
                    1 => Value::Array(self.few(0, || self.with_expressions(1))),
                    2 => "{% [1..3] %}".into(),
                    _ => "{% $states.input.items %}".into(),
                });
                self.maybe(30, fields, "ItemSelector", || self.with_expressions(2));
            }
        }
    }

    fn distributed_fields(&self, fields: &mut Fields, language: QueryLanguage) {
        self.maybe(30, fields, "ItemReader", || self.reader(language));
        self.maybe(30, fields, "ItemBatcher", || self.batcher(language));
        self.maybe(30, fields, "ResultWriter", || self.writer(language));
        self.count_field(30, fields, "ToleratedFailureCount", language);
        self.count_field(30, fields, "ToleratedFailurePercentage", language);
        self.maybe(20, fields, "Label", || self.word(&["label", "", "a b", "é"]).into());
    }

    /// The place of an object in Amazon S3, there or not.
    fn object_place(&self, fields: &mut Fields, language: QueryLanguage, name: &str) {
        let place = if self.chance(70) {
            json!({ "Bucket": "bucket", name: self.word(&["one", "two", "none", ""]) })
        } else {
            match language {
                QueryLanguage::JsonPath => self.template(1),
                QueryLanguage::Jsonata => self.with_expressions(1),
            }
        };
        let field = if language == QueryLanguage::JsonPath { "Parameters" } else { "Arguments" };
        fields.insert(field.to_owned(), place);
    }

    fn reader(&self, language: QueryLanguage) -> Value {
        let mut reader = Fields::new();
        let resource =
            self.word(&["arn:aws:states:::s3:getObject", "arn:aws:states:::s3:listObjectsV2", "x"]);
        reader.insert("Resource".to_owned(), resource.into());
        self.object_place(&mut reader, language, "Key");
        let mut config = Fields::new();
        let input_types = ["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"];
        self.maybe(90, &mut config, "InputType", || self.word(&input_types).into());
        self.maybe(30, &mut config, "CSVHeaderLocation", || self.word(&["FIRST_ROW", "GIVEN"]).into());
        self.maybe(20, &mut config, "CSVHeaders", || self.few(0, || self.key()).into());
        self.maybe(20, &mut config, "CSVDelimiter", || self.word(&["COMMA", "PIPE", "SPACE", "TAB"]).into());
        self.maybe(20, &mut config, "ItemsPointer", || {
            self.word(&["/list", "/list/0", "", "list", "/~", "/~2/9"]).into()
        });
        self.maybe(10, &mut config, "Transformation", || self.word(&["NONE", "LOAD_AND_FLATTEN"]).into());
        self.maybe(10, &mut config, "ManifestType", || self.word(&["ATHENA_DATA", "S3_INVENTORY"]).into());
        self.count_field(30, &mut config, "MaxItems", language);
        self.maybe(90, &mut reader, "ReaderConfig", || config.into());
        reader.into()
    }

    fn batcher(&self, language: QueryLanguage) -> Value {
        let mut batcher = Fields::new();
        self.maybe(40, &mut batcher, "BatchInput", || match language {
            QueryLanguage::JsonPath => self.template(1),
            QueryLanguage::Jsonata => self.with_expressions(1),
        });
        self.count_field(60, &mut batcher, "MaxItemsPerBatch", language);
        self.count_field(40, &mut batcher, "MaxInputBytesPerBatch", language);
        batcher.into()
    }

    fn writer(&self, language: QueryLanguage) -> Value {
        let mut writer = Fields::new();
        if self.chance(70) {
            writer.insert("Resource".to_owned(), "arn:aws:states:::s3:putObject".into());
            self.object_place(&mut writer, language, "Prefix");
        }
        let config = json!({
            "Transformation": self.word(&["NONE", "COMPACT", "FLATTEN"]),
            "OutputType": self.word(&["JSON", "JSONL"]),
        });
        self.maybe(50, &mut writer, "WriterConfig", || config);
        writer.into()
    }
}
