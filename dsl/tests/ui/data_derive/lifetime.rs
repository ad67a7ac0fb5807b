use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Order<'a> {
    //~^ data that travels as JSON is owned, not borrowed
    id: &'a str,
}

fn main() {}
