//! The fields that hold one word out of a few.

use std::fmt;

use serde::Serializer;

use crate::asl::json::Json;
use crate::asl::object::Shape;
use crate::asl::read::Reader;

/// Declares a field type whose values are fixed words; each variant is written down once, with its word.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $word:expr, )* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $( $(#[$variant_meta])* $variant, )* }

        impl $name {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),*];

            /// The word that stands for it in JSON.
            pub fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $word, )* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Shape for $name {
            fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
                reader.word(json, Self::ALL, Self::as_str)
            }

            fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use words;

words! {
    /// `QueryLanguage`: what paths and expressions are written in.
    ///
    /// A machine that says nothing is [`JsonPath`](Self::JsonPath). Spec: "Query Languages".
    pub enum QueryLanguage {
        /// Paths, Payload Templates and Intrinsic Functions: the default.
        JsonPath = "JSONPath",
        /// `{% … %}` expressions in `JSONata` 2.0.6.
        Jsonata = "JSONata",
    }
}

words! {
    /// `JitterStrategy` of a Retrier. Spec: "Retrying after error".
    pub enum JitterStrategy {
        /// Waits a random time between zero and the computed interval.
        Full = "FULL",
        /// Waits the computed interval: the default.
        None = "NONE",
    }
}

words! {
    /// `Mode` of a `ProcessorConfig`. Developer guide: "Map state processing modes".
    pub enum ProcessorMode {
        /// Iterations run inside the parent execution: the default.
        Inline = "INLINE",
        /// Each iteration is a child execution.
        Distributed = "DISTRIBUTED",
    }
}

words! {
    /// `ExecutionType` of a `ProcessorConfig`: the type of a Distributed Map's child executions.
    pub enum ExecutionType {
        /// Standard workflows.
        Standard = "STANDARD",
        /// Express workflows.
        Express = "EXPRESS",
    }
}

words! {
    /// `InputType` of a `ReaderConfig`: the format of the file with the items.
    pub enum InputType {
        /// Comma (or otherwise) separated values.
        Csv = "CSV",
        /// One JSON array or object.
        Json = "JSON",
        /// One JSON value per line.
        Jsonl = "JSONL",
        /// Apache Parquet.
        Parquet = "PARQUET",
        /// An Amazon S3 inventory manifest (the older form of `ManifestType: S3_INVENTORY`).
        Manifest = "MANIFEST",
    }
}

words! {
    /// `Transformation` of a `ReaderConfig`.
    pub enum ReaderTransformation {
        /// The items are the listed objects: the default.
        None = "NONE",
        /// The items are what the listed objects contain.
        LoadAndFlatten = "LOAD_AND_FLATTEN",
    }
}

words! {
    /// `ManifestType` of a `ReaderConfig`.
    pub enum ManifestType {
        /// The manifest of an Athena `UNLOAD`.
        AthenaData = "ATHENA_DATA",
        /// An Amazon S3 inventory manifest.
        S3Inventory = "S3_INVENTORY",
    }
}

words! {
    /// `CSVHeaderLocation` of a `ReaderConfig`.
    pub enum CsvHeaderLocation {
        /// The first row of the file names the columns.
        FirstRow = "FIRST_ROW",
        /// `CSVHeaders` names them.
        Given = "GIVEN",
    }
}

words! {
    /// `CSVDelimiter` of a `ReaderConfig`.
    pub enum CsvDelimiter {
        /// `,`: the default.
        Comma = "COMMA",
        /// `|`
        Pipe = "PIPE",
        /// `;`
        Semicolon = "SEMICOLON",
        /// A space.
        Space = "SPACE",
        /// A tab.
        Tab = "TAB",
    }
}

words! {
    /// `Transformation` of a `WriterConfig`.
    pub enum WriterTransformation {
        /// Output and metadata of each child execution.
        None = "NONE",
        /// The outputs of the child executions.
        Compact = "COMPACT",
        /// The outputs, with arrays among them flattened into one.
        Flatten = "FLATTEN",
    }
}

words! {
    /// `OutputType` of a `WriterConfig`.
    pub enum OutputType {
        /// One JSON array.
        Json = "JSON",
        /// One JSON value per line.
        Jsonl = "JSONL",
    }
}
