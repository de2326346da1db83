//! Files changed, added, removed, renamed, swapped; and what is no file.

use std::fs;

use crate::project::DATE;
use crate::signed::{MANIFEST, SECURITY_TXT, Signed};

#[test]
fn a_changed_file_is_named() {
    let site = Signed::new();
    for path in ["index.html", "feed.atom", "SHA256SUMS", ".nojekyll"] {
        let good = site.read(path);
        let mut flipped = good.clone();
        if let Some(byte) = flipped.first_mut() {
            *byte ^= 1;
            site.write(path, flipped);
            site.judged()
                .exits(1)
                .says("[changed]")
                .says(&format!("`{path}`"))
                .says("its SHA-256 is another");
        }
        let mut longer = good.clone();
        longer.push(b'\n');
        site.write(path, &longer);
        let says = format!("it has {} bytes instead of {}", longer.len(), good.len());
        site.judged().exits(1).says("[changed]").says(&format!("`{path}`")).says(&says);
        site.write(path, &good);
    }
    site.judged().exits(0);
}

#[test]
fn other_line_ends_and_cut_files_are_changes() {
    let site = Signed::new();
    let text = String::from_utf8(site.read("robots.txt")).unwrap();
    site.write("robots.txt", text.replace('\n', "\r\n"));
    site.judged().exits(1).says("[changed] `robots.txt`");
    site.write("robots.txt", &text[..text.len() / 2]);
    site.judged().exits(1).says("[changed] `robots.txt`");
    site.write("robots.txt", "");
    site.judged().exits(1).says("it has 0 bytes instead of");
}

#[test]
fn files_are_exactly_those_published() {
    let site = Signed::new();
    let bytes = site.read("robots.txt");
    site.remove("robots.txt");
    site.judged().exits(1).says("[missing] `robots.txt` is missing");
    site.write("robots.bak", &bytes);
    site.judged().exits(1).says("[renamed] `robots.txt` was renamed to `robots.bak`");
    site.write("robots.txt", &bytes);
    site.judged().exits(1).says("[added] `robots.bak` was added");
    site.remove("robots.bak");
    site.judged().exits(0);
}

#[test]
fn swapped_files_keep_their_signatures_and_are_found() {
    let site = Signed::new();
    let (a, b) = (site.read("feed.atom"), site.read("feed.json"));
    let (a_asc, b_asc) = (site.read("feed.atom.asc"), site.read("feed.json.asc"));
    site.write("feed.atom", b);
    site.write("feed.json", a);
    site.write("feed.atom.asc", b_asc);
    site.write("feed.json.asc", a_asc);
    site.judged()
        .exits(1)
        .says("`feed.atom` is not what was published: it holds the bytes of `feed.json`")
        .says("`feed.json.asc` is not what was published: it holds the bytes of `feed.atom.asc`");
}

#[test]
fn an_empty_folder_is_something_added() {
    let site = Signed::new();
    fs::create_dir(site.path("empty")).unwrap();
    site.judged().exits(1).says("[empty-folder] `empty`");
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed() {
    let site = Signed::new();
    std::os::unix::fs::symlink(site.path("index.html"), site.path("copy.html")).unwrap();
    site.judged().exits(1).says("[not-a-file] `copy.html`");
    site.remove("copy.html");
    // A link in place of a listed file, and to its very bytes.
    site.project.write("elsewhere", site.read("robots.txt"));
    site.remove("robots.txt");
    std::os::unix::fs::symlink(site.project.path("elsewhere"), site.path("robots.txt")).unwrap();
    site.judged().exits(1).says("[not-a-file] `robots.txt`");
    // A link in place of a folder.
    site.remove("robots.txt");
    site.write("robots.txt", fs::read(site.project.path("elsewhere")).unwrap());
    fs::rename(site.path("report"), site.project.path("report")).unwrap();
    std::os::unix::fs::symlink(site.project.path("report"), site.path("report")).unwrap();
    site.judged().exits(1).says("[not-a-file] `report`").says("[missing] `report/index.html`");
}

#[cfg(unix)]
#[test]
fn odd_names_are_escaped() {
    let site = Signed::new();
    site.write("a\u{1b}]0;x\u{7}\rb.html", "");
    let ran = site.judged().exits(1).says("[added] `a\\u{1b}]0;x\\u{7}\\u{d}b.html`");
    assert!(!ran.stderr.contains('\u{1b}') && !ran.stderr.contains('\r'), "{:?}", ran.stderr);
    let json = site.verify(&format!("--no-state --json --signer {}", site.fingerprint())).exits(1);
    assert!(!json.stdout.contains('\u{1b}'), "{:?}", json.stdout);
}

#[test]
fn a_site_by_another_key_is_nobodys() {
    let site = Signed::new();
    let other = crate::keys::new_key("2026-11-01T00:00:00Z", "2028-11-01T00:00:00Z");
    let signature =
        crate::signed::signer(&other).sign_detached(&site.read(MANIFEST), DATE.parse().unwrap()).unwrap();
    site.write(&format!("{MANIFEST}.asc"), signature);
    site.judged().exits(1).says("[unknown-signer]").says("which is not a known signer");
    // With the certificate of the other key in place of the pinned one.
    site.write(&format!("keys/{}.asc", site.fingerprint()), other.certificate.armored());
    site.judged().exits(1).says("[no-certificate]").says("is the certificate of another key");
}

#[test]
fn no_signature_is_no_release() {
    let site = Signed::new();
    site.remove(&format!("{MANIFEST}.asc"));
    site.judged().exits(1).says("[no-signature]");
    site.write(&format!("{MANIFEST}.asc"), "");
    site.judged().exits(1).says("the signature file is empty");
    site.remove(MANIFEST);
    site.judged().exits(1).says("[no-manifest]");
}

#[test]
fn security_txt_is_looked_at_as_a_whole() {
    let site = Signed::new();
    let good = site.read(SECURITY_TXT);
    site.write(SECURITY_TXT, [b"Contact: mailto:eve@example.net\n".as_slice(), &good].concat());
    site.judged().exits(1).says("[changed] `.well-known/security.txt`").says("before");
}
