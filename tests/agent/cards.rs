//! A key on a smart card that is not in the reader: a real agent that knows it has one, and nothing behind it.

use std::time::{Duration, Instant};

use secsite::openpgp::Candidate;
use sequoia_openpgp::Cert;
use sequoia_openpgp::crypto::mpi::PublicKey;
use sequoia_openpgp::parse::Parse as _;

use crate::home::Gpg;
use crate::{now, refusal, signer};

#[test]
fn a_card_that_is_not_there_is_named_at_once() {
    let Some(gpg) = Gpg::home() else { return };
    let certificate = gpg.key("ed25519", "");
    let key = Candidate::all(&certificate, now()).unwrap().remove(0);
    let cert = Cert::from_bytes(&certificate.armored()[..]).unwrap();
    let PublicKey::EdDSA { q, .. } = cert.primary_key().key().mpis() else { panic!("it is Ed25519") };
    // What gpg-agent keeps of a key whose secret went to a card: the public half, and which card.
    let stub = [
        &b"(20:shadowed-private-key(3:ecc(5:curve7:Ed25519)(5:flags5:eddsa)(1:q33:"[..],
        q.value(),
        b")(8:shadowed5:t1-v1(16:\xd2\x76\x00\x01\x24\x01\x02\x00\x00\x05\x00\x00\x12\x34\x00\x009:OPENPGP.1))))",
    ]
    .concat();
    gpg.file(&format!("private-keys-v1.d/{}.key", key.keygrip()), &stub);
    gpg.kill_agent();
    let signer = signer(&gpg.setting(None), &certificate);
    assert!(format!("{signer:?}").contains("D2760001240102000005000012340000"), "{signer:?}");
    let began = Instant::now();
    let found = refusal(&signer);
    assert!(found.to_string().starts_with("the smart card "), "{found}");
    assert!(found.help().contains("`gpg --card-status`"), "{}", found.help());
    assert!(began.elapsed() < Duration::from_secs(60));
}
