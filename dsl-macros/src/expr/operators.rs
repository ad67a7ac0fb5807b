//! Rust's operators as calls: the inside of `cond!` and `expr!`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{BinOp, Block, Expr, ExprBinary, ExprIf, ExprUnary, Lit, Stmt, UnOp};

use super::private;
use crate::errors::Errors;

/// Turns operators into calls and leaves everything else as it is:
///
/// ```text
/// // order.total > 100.0 && !order.paid
/// ::stepwright::__private::and(
///     ::stepwright::__private::gt(order.total, 100.0),
///     ::stepwright::__private::not(order.paid),
/// )
/// ```
pub(super) fn rewrite(expr: &Expr, errors: &mut Errors) -> TokenStream {
    match expr {
        Expr::Binary(binary) => rewrite_binary(binary, errors),
        Expr::Unary(unary) => rewrite_unary(unary, errors),
        Expr::If(branching) => rewrite_if(branching, errors),
        // The calls group already.
        Expr::Paren(paren) => rewrite(&paren.expr, errors),
        Expr::Group(group) => rewrite(&group.expr, errors),
        other => {
            if let Some((span, message)) = refusal(other) {
                errors.at(span, message);
            }
            other.to_token_stream()
        }
    }
}

fn rewrite_binary(binary: &ExprBinary, errors: &mut Errors) -> TokenStream {
    let span = binary.op.span();
    let operator = match operator(binary.op) {
        Ok(operator) => operator,
        Err(message) => {
            errors.at(span, message);
            return binary.to_token_stream();
        }
    };
    let left = rewrite(&binary.left, errors);
    let right = rewrite(&binary.right, errors);
    match operator {
        // The first operand fixes the type, which a literal rarely can: `3 < a` becomes `gt(a, 3)`.
        Operator { mirrored: Some(mirrored), .. }
            if is_literal(&binary.left) && !is_literal(&binary.right) =>
        {
            call(mirrored, span, &[right, left])
        }
        Operator { function, .. } => call(function, span, &[left, right]),
    }
}

struct Operator {
    function: &'static str,
    /// What does the same when the operands change places.
    mirrored: Option<&'static str>,
}

/// What an operator becomes, or why it has no meaning.
fn operator(op: BinOp) -> Result<Operator, &'static str> {
    let mirrored = |function, mirrored| Ok(Operator { function, mirrored: Some(mirrored) });
    let ordered = |function| Ok(Operator { function, mirrored: None });
    match op {
        BinOp::And(_) => ordered("and"),
        BinOp::Or(_) => ordered("or"),
        BinOp::Eq(_) => mirrored("eq", "eq"),
        BinOp::Ne(_) => mirrored("ne", "ne"),
        BinOp::Lt(_) => mirrored("lt", "gt"),
        BinOp::Le(_) => mirrored("le", "ge"),
        BinOp::Gt(_) => mirrored("gt", "lt"),
        BinOp::Ge(_) => mirrored("ge", "le"),
        BinOp::Add(_) => mirrored("add", "add"),
        BinOp::Sub(_) => ordered("sub"),
        BinOp::Mul(_) => mirrored("mul", "mul"),
        BinOp::Div(_) => ordered("div"),
        BinOp::Rem(_) => ordered("rem"),
        BinOp::BitAnd(_) => Err("there are no bits in a state machine's data; for a logical and write `&&`"),
        BinOp::BitOr(_) => Err("there are no bits in a state machine's data; for a logical or write `||`"),
        BinOp::BitXor(_) => {
            Err("there are no bits in a state machine's data; for an exclusive or write `!=`")
        }
        BinOp::Shl(_) | BinOp::Shr(_) => Err("there are no bits in a state machine's data to shift"),
        _ => Err("a state machine's data cannot be assigned to; write an expression of its new value"),
    }
}

fn rewrite_unary(unary: &ExprUnary, errors: &mut Errors) -> TokenStream {
    let function = match unary.op {
        UnOp::Not(_) => "not",
        // `-3` is a literal to us, as it is to a reader.
        UnOp::Neg(_) if !is_literal(&unary.expr) => "neg",
        _ => return unary.to_token_stream(),
    };
    let operand = rewrite(&unary.expr, errors);
    call(function, unary.op.span(), &[operand])
}

/// Both values of an `if`:
///
/// ```text
/// // if order.express { 1 } else { 3 }
/// ::stepwright::__private::if_else(order.express, 1, 3)
/// ```
fn rewrite_if(branching: &ExprIf, errors: &mut Errors) -> TokenStream {
    let span = branching.if_token.span;
    if let Expr::Let(binding) = &*branching.cond {
        errors.at(
            binding.let_token.span,
            "`if let` cannot look into data that exists only at run time; for an `Option` see `or` and `when_some`",
        );
        return branching.to_token_stream();
    }
    let Some((_, otherwise)) = &branching.else_branch else {
        errors.at(span, "this `if` has no value when its condition is false; add an `else`");
        return branching.to_token_stream();
    };
    let condition = rewrite(&branching.cond, errors);
    let then = rewrite_block(&branching.then_branch, errors);
    let otherwise = match &**otherwise {
        Expr::Block(block) if block.label.is_none() => rewrite_block(&block.block, errors),
        chained => rewrite(chained, errors),
    };
    call("if_else", span, &[condition, then, otherwise])
}

fn rewrite_block(block: &Block, errors: &mut Errors) -> TokenStream {
    if let [Stmt::Expr(expr, None)] = block.stmts.as_slice() {
        return rewrite(expr, errors);
    }
    errors.at(
        block.brace_token.span.open(),
        "a branch here is one expression, without statements; bind values with `let` before the macro",
    );
    block.to_token_stream()
}

/// Why an expression that is no operand cannot be one, at the token that says so. Most others are left to rustc.
fn refusal(expr: &Expr) -> Option<(Span, &'static str)> {
    Some(match expr {
        Expr::Assign(assign) => {
            (assign.eq_token.span, "an assignment has no value here; to compare write `==`")
        }
        Expr::Cast(cast) if !is_constant(&cast.expr) => (
            cast.as_token.span,
            "a cast does nothing to data that exists only at run time; cast Rust values before the macro",
        ),
        Expr::Range(range) => (
            range.limits.span(),
            "a range is no value in a state machine; compare with both ends, like `a >= 1 && a < 10`",
        ),
        Expr::Try(attempt) => (
            attempt.question_token.span,
            "`?` cannot look into data that exists only at run time; for an `Option` see `or` and `when_some`",
        ),
        Expr::Match(branching) => (
            branching.match_token.span,
            "`match` cannot look into data that exists only at run time; write `if … else`, or add a Choice state \
             with `choice`",
        ),
        Expr::Let(binding) => (binding.let_token.span, "bind values with `let` before the macro"),
        Expr::Closure(closure) => (closure.inputs_begin.span, "a closure is no value in a state machine"),
        _ => return None,
    })
}

fn call(function: &str, span: Span, arguments: &[TokenStream]) -> TokenStream {
    let function = private(function, span);
    // The parentheses too are at the operator, else the call would be located at the whole macro.
    let arguments = arguments.iter().enumerate().map(|(position, argument)| {
        let comma = (position > 0).then(|| quote_spanned!(span=> ,));
        quote!(#comma #argument)
    });
    quote_spanned!(span=> #function(#(#arguments)*))
}

fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Paren(paren) => is_literal(&paren.expr),
        Expr::Group(group) => is_literal(&group.expr),
        Expr::Unary(unary) => {
            matches!(unary.op, UnOp::Neg(_))
                && matches!(&*unary.expr, Expr::Lit(lit) if matches!(lit.lit, Lit::Int(_) | Lit::Float(_)))
        }
        _ => false,
    }
}

/// Whether a cast operand is a value that Rust knows, judged by its looks: a literal or a name in capitals.
fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|segment| !segment.ident.to_string().contains(|char: char| char.is_lowercase())),
        Expr::Paren(paren) => is_constant(&paren.expr),
        Expr::Group(group) => is_constant(&group.expr),
        Expr::Cast(cast) => is_constant(&cast.expr),
        other => is_literal(other),
    }
}
