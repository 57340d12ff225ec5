//! `mcp`: the checks as tools of the Model Context Protocol, over standard input and output, for agents.

mod schemas;
mod tools;

use crate::sentences::{ARGUMENTS, NOT_STARTED, say};
use crate::{Result, words};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde_json::{Map, Value};
use std::sync::Arc;

/// What an agent reads first.
const INSTRUCTIONS: &str = "Checks requests for cloud machine images (Huawei Cloud IMS, JD Cloud) against the providers' documents \
    before they are sent. Nothing is sent anywhere. Verdicts: allowed, denied, undetermined (`missing` names the facts that decide), \
    invalid (the case itself is wrong). A finding says which rule, where and what to do; `explain` knows every rule and error code.";

/// Answers requests until standard input ends.
pub(crate) fn run() -> Result<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| say(NOT_STARTED, &[("why", &error)]))?;
    runtime.block_on(async {
        let service = Server.serve(rmcp::transport::stdio()).await;
        let service = service.map_err(|error| say(NOT_STARTED, &[("why", &error)]))?;
        service.waiting().await.map_err(|error| error.to_string())
    })?;
    Ok(0)
}

struct Server;

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("image-preflight", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> std::result::Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools::TOOLS.iter().map(described).collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> std::result::Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let Some(tool) = tools::TOOLS.iter().find(|tool| tool.name == request.name) else {
            let names: Vec<_> = tools::TOOLS.iter().map(|tool| tool.name).collect();
            let unknown = || crate::names::unknown(crate::names::NO_TOOL, &request.name, &names);
            return Err(ErrorData::invalid_params(in_its_language(&arguments, unknown), None));
        };
        // A mistake in the arguments is for the agent to put right, so it is an answer and no error of the protocol.
        Ok(match answer(tool, &arguments) {
            Ok(value) => CallToolResult::structured(value).into(),
            Err(sentence) => CallToolResult::error(vec![ContentBlock::text(sentence)]).into(),
        })
    }
}

/// Answers a call in its language, if it has one; else in that of the run.
fn in_its_language<T>(arguments: &Map<String, Value>, answer: impl FnOnce() -> T) -> T {
    let tag = arguments.get("locale").and_then(Value::as_str);
    match tag.and_then(|tag| crate::names::locale(tag).ok()) {
        Some(locale) => words::in_locale(locale, answer),
        None => answer(),
    }
}

fn answer(tool: &tools::Tool, arguments: &Map<String, Value>) -> Result<Value> {
    in_its_language(arguments, || answered(tool, arguments))
}

fn answered(tool: &tools::Tool, arguments: &Map<String, Value>) -> Result<Value> {
    let schema = (tool.input)();
    let known: Vec<_> = schema["properties"].as_object().into_iter().flat_map(Map::keys).map(String::as_str).collect();
    if let Some(unknown) = arguments.keys().find(|name| !known.contains(&name.as_str())) {
        let sentence = crate::names::unknown(crate::names::NO_ARGUMENT, unknown, &known);
        return Err(say(ARGUMENTS, &[("sentence", &sentence), ("all", &crate::names::list(&known))]));
    }
    (tool.answer)(arguments)
}

fn described(tool: &tools::Tool) -> Tool {
    let object = |schema: Value| match schema {
        Value::Object(schema) => Arc::new(schema),
        _ => Arc::default(),
    };
    Tool::new(tool.name, tool.description, object((tool.input)()))
        .with_raw_output_schema(object((tool.output)()))
        .with_annotations(ToolAnnotations::new().read_only(true).destructive(false).idempotent(true).open_world(false))
}
