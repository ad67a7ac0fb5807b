//! ARNs and substitutions that are written as string literals in a workflow's body, where it calls a service.
//!
//! `lambda::invoke("arn:…", …)` is recognised by its last two names; a constant, or a text that a macro makes, stays unseen.

use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprCall, ExprMethodCall, Item};

use crate::arn;
use crate::attr::literal_text;
use crate::errors::Errors;

type Check = fn(&str) -> Result<(), String>;

/// The functions whose first argument is an ARN.
const FUNCTIONS: &[(&str, &str, Check)] = &[
    ("lambda", "invoke", arn::check_lambda_invoke),
    ("lambda", "invoke_async", arn::check_lambda_invoke),
    ("sns", "publish", arn::check_topic),
    ("states", "start_execution", arn::check_state_machine),
];

/// The function whose argument is the name of a substitution.
const PLACEHOLDER: &str = "placeholder";

/// The methods of a workflow that start an execution.
const STARTS: [&str; 2] = ["start", "start_sync"];

/// The modules of services that are called with other texts.
const SERVICES: &[&str] = &[
    "apigateway",
    "athena",
    "batch",
    "bedrock",
    "bedrockagentcore",
    "codebuild",
    "databrew",
    "dynamodb",
    "ecs",
    "eks",
    "elasticmapreduce",
    "emr_containers",
    "emr_serverless",
    "events",
    "glue",
    "http",
    "lambda",
    "mediaconvert",
    "sagemaker",
    "sns",
    "sqs",
    "states",
    "Task",
];

/// Reports literals that cannot be what they stand for.
pub(super) fn check(body: TokenStream, errors: &mut Errors) {
    // Syntax that rustc has and syn lacks is no reason to fail.
    let Ok(statements) = Block::parse_within.parse2(body) else { return };
    let mut visitor = Resources { errors };
    for statement in &statements {
        visitor.visit_stmt(statement);
    }
}

struct Resources<'a> {
    errors: &'a mut Errors,
}

impl Resources<'_> {
    fn check(&mut self, argument: &Expr, check: Check) {
        if let Some(literal) = literal_text(argument)
            && let Err(message) = check(&literal.value())
        {
            self.errors.on(literal, message);
        }
    }
}

impl<'ast> Visit<'ast> for Resources<'_> {
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Expr::Path(path) = &*call.func {
            let mut names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
            let (function, module) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
            let known = FUNCTIONS.iter().find(|(of, name, _)| *of == module && *name == function);
            // The first text names something; those after it may be for people. Of a task, the state's name comes first.
            let position = usize::from(module == "Task");
            match (known, call.args.get(position)) {
                (Some((_, _, check)), Some(argument)) => self.check(argument, *check),
                (None, Some(argument)) if function == PLACEHOLDER => {
                    self.check(argument, arn::check_substitution_name);
                }
                (None, Some(argument)) if SERVICES.contains(&module.as_str()) => {
                    self.check(argument, arn::check_substitutions);
                }
                _ => {}
            }
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let starts = STARTS.iter().any(|start| call.method == start) && call.args.len() == 2;
        if let (true, Some(argument)) = (starts, call.args.first()) {
            self.check(argument, arn::check_state_machine);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn check_messages(body: TokenStream, expect: &[&str]) {
        let mut errors = Errors::new();
        check(body, &mut errors);
        let found: Vec<String> = match errors.finish() {
            Ok(()) => Vec::new(),
            Err(error) => error.into_iter().map(|error| error.to_string()).collect(),
        };
        let ends =
            found.len() == expect.len() && found.iter().zip(expect).all(|(found, end)| found.ends_with(end));
        assert!(ends, "{found:#?}");
    }

    #[test]
    fn what_is_no_arn_is_reported() {
        check_messages(
            quote! {
                s.task(lambda::invoke("arn:aws:lambda:eu-west-1:123456789012:charge", x));
                s.task(stepwright::integration::sns::publish("arn:aws:sns:eu-west-1:1234567890123:paid", "x"));
                s.task(child().start_sync("arn:aws:states:eu-west-1:123456789012:machine:a", x));
                wait_for_task_token::<A>(|token| sqs::send_message("${Queue", token));
                s.wait("Sla", placeholder::<u32>("${Sla}"));
            },
            &[
                "`charge` stands where `function` belongs",
                "`1234567890123` is no account number of 12 digits",
                "`machine` stands where `stateMachine` belongs",
                "`${Queue` opens a substitution that no `}` closes",
                "`${Sla}` is no name of a substitution: letters, digits, `_`, `.` and `:`",
            ],
        );
    }

    #[test]
    fn other_texts_are_left_alone() {
        check_messages(
            quote! {
                s.task(lambda::invoke("charge-card:live", x));
                s.task(sqs::send_message("${Queue.Url}", "costs ${ 3"));
                s.pass("${", "${");
                engine.start("now");
                s.task(child().start(ARN, x));
            },
            &[],
        );
    }
}
