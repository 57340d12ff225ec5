//! A gateway in front of IMS, with axum: what the cloud would refuse is answered with problem details (RFC 9457) in the caller's
//! language, and what it would take is forwarded. Here the cloud is a closure, and the callers are at the end of `main`.
//!
//! `cargo run --example gateway --features http`

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use axum::routing::post;
use image_preflight::{ClearedRequest, Edition, Report, check_bytes};
use std::sync::Arc;
use tower::ServiceExt;

type Cloud = Arc<dyn Fn(ClearedRequest) -> Response<String> + Send + Sync>;

/// What is forwarded has been checked, by the limits of this gateway: a case may have limits of its own, and fields that are not
/// known are only warned of.
fn not_ours(report: &Report<'_>) -> Option<&'static str> {
    let is_unknown = report.findings().iter().any(|finding| finding.rule().id.ends_with(".unknown-field"));
    match is_unknown {
        _ if *report.edition() != Edition::default() => Some("this gateway has one edition: leave `edition` out"),
        true => Some("it has a field that is not known here"),
        false => None,
    }
}

/// A body is a case: the operation, the request, and what the caller says of the image.
async fn copy(State(cloud): State<Cloud>, headers: HeaderMap, body: axum::body::Bytes) -> Response<String> {
    let report = check_bytes(&body);
    if let Some(why) = not_ours(&report) {
        let mut response = Response::new(serde_json::json!({"detail": why}).to_string());
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return response;
    }
    let language = headers.get(header::ACCEPT_LANGUAGE).and_then(|language| language.to_str().ok());
    match (report.problem_response(language), report.clear()) {
        (Some(problem), _) => problem,
        (None, Ok(request)) => cloud(request),
        (None, Err(error)) => {
            let mut response = Response::new(error.to_string());
            *response.status_mut() = StatusCode::CONFLICT;
            response
        }
    }
}

fn gateway(cloud: Cloud) -> Router {
    Router::new().route("/copies", post(copy)).with_state(cloud)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cloud: Cloud = Arc::new(|request| {
        assert_eq!(request.path(), "/v1/cloudimages/7ca2f6b1/cross_region_copy");
        Response::new(r#"{"job_id": "edc89b49"}"#.to_owned())
    });
    let gateway = gateway(cloud);
    let send = |language: &'static str, case: String| {
        let request = Request::post("/copies").header(header::ACCEPT_LANGUAGE, language).body(Body::from(case));
        let gateway = gateway.clone();
        async move {
            let response = gateway.oneshot(request?).await?;
            let (status, kind) = (response.status(), response.headers().get(header::CONTENT_TYPE).cloned());
            let body = to_bytes(response.into_body(), 1 << 20).await?;
            let body: serde_json::Value = serde_json::from_slice(&body)?;
            println!("{status} {}", body["detail"].as_str().unwrap_or("forwarded"));
            Ok::<_, Box<dyn std::error::Error>>((status.as_u16(), kind, body))
        }
    };
    let case = |encrypted: &str| {
        r#"{"operation": "CopyImageCrossRegion", "path": {"image_id": "7ca2f6b1"},
            "body": {"name": "copy", "region": "cn-east-3", "project_name": "cn-east-3", "agency_name": "ims_copy"},
            "facts": {"sourceRegion": "cn-north-4", "copiesInFlight": 0, "image": {"fullEcs": false, "iso": false,
                "sizeBytes": 1073741824, "visibility": "private", "status": "active", "encrypted": ENCRYPTED}}}"#
            .replace("ENCRYPTED", encrypted)
    };

    let (status, kind, problem) = send("zh-CN, en;q=0.5", case("true")).await?;
    assert_eq!((status, kind.as_ref().and_then(|kind| kind.to_str().ok())), (422, Some("application/problem+json")));
    assert_eq!(problem["errors"][0]["rule"], "ims.cross-region-copy.not-encrypted");

    let (status, _, problem) = send("en", case("null")).await?;
    assert_eq!((status, &problem["report"]["missing"][0]), (424, &"/facts/image/encrypted".into()));

    let (status, _, problem) = send("en", "{".to_owned()).await?;
    assert_eq!((status, &problem["errors"][0]["rule"]), (400, &"case.syntax".into()));

    for (member, other) in [("facts", r#""edition": {"capBytes": 1}, "facts""#), ("name", r#""nam": "n", "name""#)] {
        let (status, ..) = send("en", case("false").replacen(&format!("\"{member}\""), other, 1)).await?;
        assert_eq!(status, 422, "{other}");
    }

    let (status, _, answer) = send("en", case("false")).await?;
    assert_eq!((status, &answer["job_id"]), (200, &"edc89b49".into()));
    Ok(())
}

#[test]
fn it_runs() {
    main().expect("every assertion holds");
}
