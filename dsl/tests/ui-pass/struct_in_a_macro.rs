//! A struct that a macro of the user's makes: its name and the types of its fields come from different places.

use stepwright::prelude::*;

macro_rules! answers {
    ($($name:ident { $($field:ident: $ty:ty),* })*) => {$(
        #[derive(Data, Serialize, Deserialize, JsonSchema)]
        pub struct $name { $(pub $field: $ty),* }
    )*};
}

answers! {
    Answer { text: String, score: Option<u32> }
    Question { text: String }
}

macro_rules! wrapper {
    ($name:ident, $ty:ty) => {
        #[derive(Data, Serialize, Deserialize, JsonSchema)]
        pub struct $name($ty);
    };
}

wrapper!(Number, u32);

#[workflow]
fn ask(s: &mut Scope, question: Ref<Question>) -> Ref<Answer> {
    s.pass("Answer", data!(Answer { text: question.text, score: 3 }))
}

fn main() {
    assert!(ask().plan().problems.is_empty());
}
