//! An article of a knowledge base, made from a support ticket that was solved.
//!
//! An Express workflow, started by an event. What to look at:
//!
//! * **A document that grows.** Each function is given all that is known so far: the event, then the ticket beside it, then the
//!   user. [`s.document()`](Scope::document) says what a function expects, and each field of it must be there by then.
//! * **Placeholders.** The functions are known by what the template calls them: `${GetFullZendeskTicket.Arn}`.

use stepwright::prelude::*;

/// An event of the ticket system.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct TicketEvent {
    /// What has happened.
    pub detail: Detail,
}

/// What has happened to a ticket.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Detail {
    /// The ticket, in short.
    pub ticket: TicketReference,
}

/// A ticket, by its numbers.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct TicketReference {
    /// The ticket's number.
    pub id: u64,
    /// The number of who asked.
    pub requester_id: u64,
}

/// A ticket.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Ticket {
    /// What it is about.
    pub subject: String,
    /// What was written.
    pub comments: Vec<String>,
}

/// Who asked.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct User {
    /// The name.
    pub name: String,
}

/// All that is known when the user is looked up.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct WithTicket {
    /// What has happened.
    pub detail: Detail,
    /// The ticket.
    #[serde(rename = "FullTicket")]
    pub ticket: Ticket,
}

/// All that is known when the article is written.
#[derive(Data, Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct WithUser {
    /// The ticket.
    #[serde(rename = "FullTicket")]
    pub ticket: Ticket,
    /// Who asked.
    #[serde(rename = "FullUser")]
    pub user: User,
}

/// An article.
#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// Where it can be read.
    pub url: String,
}

/// Gets the whole ticket.
#[task(lambda = "${GetFullZendeskTicket.Arn}")]
pub fn get_full_ticket(#[input] event: TicketEvent) -> Ticket;

/// Gets who asked.
#[task(lambda = "${GetFullZendeskUser.Arn}")]
pub fn get_full_user(#[input] event: WithTicket) -> User;

/// Writes the article.
#[task(lambda = "${CreateZendeskArticle.Arn}")]
pub fn create_article(#[input] known: WithUser) -> Article;

/// Create a new article from a zendeskTicket
#[workflow(express, query_language = "JSONPath")]
pub fn zendesk_create_article(s: &mut Scope, event: Ref<TicketEvent>) -> Ref<Article> {
    s.task(
        get_full_ticket(event)
            .named("GetFullZendeskTicket")
            .comment("Get Full Ticket Details")
            .save_as("FullTicket"),
    );
    s.task(
        get_full_user(s.document())
            .named("GetFullZendeskUser")
            .comment("Get Full User Details")
            .save_as("FullUser"),
    );
    s.task(create_article(s.document()).named("PublishArticle").comment("Publish as an article"))
}
