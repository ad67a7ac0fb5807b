//! An import of CSV files into a table, as slow as the table can take it.
//!
//! Files come in bursts; a table has a capacity. The article smooths the load with a queue in front of a function that runs once at a
//! time. What to look at:
//!
//! * **A throttle by construction.** A distributed Map makes batches of [`BATCH`] rows, and runs [`LOADERS`] of them at a time: there is no
//!   queue to watch, and no function to configure.
//! * **Rows are read, not lines.** [`items::objects`] lists the files, and `load_and_flatten` runs over what is in them; a [`Row`] says
//!   which columns there are.
//! * **No function at all.** A closure over the rows makes the requests of `BatchWriteItem`, which takes no more than [`BATCH`] at once.
//! * **The table may say "not all of them".** What it has left over is tried again, a little later each time.

use std::collections::BTreeMap;

use serde_json::Value;
use stepwright::prelude::*;

/// Which files are imported.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Upload {
    /// Their bucket.
    pub bucket: String,
    /// What their keys begin with.
    pub prefix: String,
}

/// A row of a file. All columns are texts.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// The key in the table.
    pub id: String,
    /// Who it is about.
    pub name: String,
    /// A number.
    pub amount: String,
}

/// What came of an import.
#[derive(Data, Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Import {
    /// How many rows are in the table.
    pub rows: u64,
    /// In how many batches they came.
    pub batches: u64,
}

/// What the table has not taken, by the name of the table.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Written {
    /// The requests to be sent again; none at all if everything is in the table.
    pub unprocessed_items: BTreeMap<String, Vec<Value>>,
}

/// As many rows as `BatchWriteItem` takes.
pub const BATCH: u64 = 25;

/// How many batches are loaded at a time: this, and how long one takes, is what the table sees.
pub const LOADERS: u32 = 1;

errors! {
    /// The table has left rows over again and again.
    pub TableIsFull;
    /// More than the table can take at the moment.
    pub THROTTLED = "DynamoDb.ProvisionedThroughputExceededException";
}

/// The table needs a while to recover.
const PATIENTLY: RetryPolicy =
    RetryPolicy::new(&[Retrier::on(&[THROTTLED]).delays([1, 2, 4, 8, 16, 32]), Retrier::SERVICE_CALL]);

/// Imports all files of an upload.
#[workflow]
pub fn table_import(s: &mut Scope, upload: Ref<Upload>) -> Expr<Import> {
    let rows = items::objects(upload.bucket, upload.prefix).load_and_flatten::<Row, _>(items::Csv);
    let batches = s
        .map("ImportRows", rows)
        .batches_of(BATCH)
        .max_concurrency(LOADERS)
        .each(|s, batch| load(s, batch.items));
    data!(Import { rows: batches.sum(), batches: batches.len() })
}

/// Writes rows until none is left over, and says how many they were.
fn load(s: &mut Scope, rows: Ref<Vec<Row>>) -> Expr<u64> {
    let requests = rows.map(|row| {
        data!({ "PutRequest": { "Item": {
            "id": { "S": row.id },
            "name": { "S": row.name },
            "amount": { "N": row.amount },
        } } })
    });
    let pending = s.var("pending", data!({ "${Table}": requests }));
    let pause = s.var("pause", 1_u32);
    let again = s.label();
    let write = aws_sdk::<Written>("dynamodb", "batchWriteItem", data!({ "RequestItems": pending }));
    let left = s.task(write.retry(PATIENTLY)).unprocessed_items;
    s.when("AnythingLeft", cond!(left.keys().len() > 0), |s| {
        s.when("PatienceIsOver", cond!(pause > 32), |s| s.fail(TableIsFull, "the table takes no more rows"));
        s.wait("LetTableRecover", *pause);
        s.set(pending, left.as_value());
        s.set(pause, expr!(pause * 2));
        s.goto(again)
    });
    rows.len()
}
