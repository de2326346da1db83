//! Whether an authentic manifest is of today, and what ends soon.

use jiff::Timestamp;

use super::finding::{Finding, Kind};
use super::verdict::Report;
use super::{SKEW, SOON};
use crate::formats::manifest::Manifest;
use crate::routes;

/// Weighs the manifest's own dates.
pub(super) fn judge(manifest: &Manifest, now: Timestamp, report: &mut Report) {
    if manifest.expires <= now {
        let message = format!(
            "the site was good until {}; somebody keeps newer ones away, or there are none",
            day(manifest.expires)
        );
        let help = "take it from its own address; if it is as old there, ask the owner to publish it anew";
        report.findings.push(Finding::stale("expired", message, help));
    } else if is_soon(manifest.expires, now) {
        let message = format!("the site is good until {} only", day(manifest.expires));
        let help = "if it is yours, publish it anew; if not, come back before that day";
        report.warnings.push(warning("expires-soon", routes::manifest().file().as_str(), message, help));
    }
    if now.checked_add(SKEW).is_ok_and(|latest| manifest.issued > latest) {
        let message = format!("the site was issued on {}, in the future", instant(manifest.issued));
        let help = "check the clock of this machine; if it is right, tell the owner about theirs";
        report.findings.push(Finding::stale("from-the-future", message, help));
    }
}

/// The end of the first key that signed the manifest.
pub(super) fn warn_key(end: Timestamp, now: Timestamp, report: &mut Report) {
    if is_soon(end, now) {
        let path = routes::manifest().file().with(".asc");
        let message = format!("the key that signs the site ends on {}", day(end));
        let help = "if it is yours, extend it and publish the site anew";
        report.warnings.push(warning("key-expires-soon", path.as_str(), message, help));
    }
}

/// The `Expires` of a verified security.txt (RFC 9116 §2.5.5).
pub(super) fn security_txt(text: &str, now: Timestamp, report: &mut Report) {
    let value = text.lines().find_map(|line| line.strip_prefix("Expires: "));
    let Some(end) = value.and_then(|value| value.parse::<Timestamp>().ok()) else { return };
    let path = routes::security_txt().file();
    if end <= now {
        let message = format!("`{path}` ended on {}", day(end));
        let help = "do not rely on its contacts; ask the owner to review the policy and publish it anew";
        report.findings.push(Finding::new("security-txt-expired", Kind::Stale, path.as_str(), message, help));
    } else if is_soon(end, now) {
        let message = format!("`{path}` ends on {}", day(end));
        let help = "if it is yours, review the policy and publish it anew";
        report.warnings.push(warning("security-txt-expires-soon", path.as_str(), message, help));
    }
}

pub(super) fn warning(code: &'static str, path: &str, message: String, help: &str) -> Finding {
    Finding::new(code, Kind::Stale, path, message, help)
}

fn is_soon(end: Timestamp, now: Timestamp) -> bool {
    now.checked_add(SOON).is_ok_and(|horizon| end <= horizon)
}

fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
