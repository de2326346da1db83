//! `--wait`: until the host shows what was deployed.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::portal::{Portal, git_is_here};
use crate::project::{DATE, assert_same};
use crate::server::{Server, from_tree};

#[test]
fn the_host_is_asked_until_it_shows_the_site() {
    if !git_is_here() {
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let portal = Portal::at(&format!("http://{}/", listener.local_addr().unwrap()));
    let old = portal.project.output();
    portal.deploy("").exits(0);
    let new = portal.build_with("more");
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let _server = Server::on(listener, move |path| {
        // The first answer is from a cache.
        let first = path == ".well-known/secsite/manifest.json" && count.fetch_add(1, Ordering::Relaxed) == 0;
        from_tree(if first { &old } else { &new }, path)
    });
    portal
        .deploy("--wait -v")
        .exits(0)
        .says("it shows another manifest, version 1")
        .says("is exactly what was deployed");
    assert!(asked.load(Ordering::Relaxed) > 1);
    assert_same(&portal.branch(), &portal.project.output());
    let ran = portal.project.run(&format!("check --online --date {DATE}")).exits(0);
    assert!(ran.stdout.contains("are what was signed, version 2"), "{}", ran.stdout);
    // What is there already is waited for, too.
    portal.deploy("--wait").exits(0).says("nothing to do").says("is exactly what was deployed");
}
