use sequoia_openpgp::crypto::mpi::MPI;
use sequoia_openpgp::packet::key::{Key4, PrimaryRole};
use sequoia_openpgp::types::PublicKeyAlgorithm;

use super::*;

fn grip(algorithm: PublicKeyAlgorithm, numbers: PublicKey) -> Option<String> {
    let key: Key4<PublicParts, PrimaryRole> =
        Key4::new(std::time::SystemTime::UNIX_EPOCH, algorithm, numbers).unwrap();
    let key: Key<PublicParts, UnspecifiedRole> = Key::V4(key.role_into_unspecified());
    Keygrip::of(&key).map(|grip| grip.to_string())
}

fn number(hexadecimal: &str) -> MPI {
    MPI::new(&hex::decode(hexadecimal).unwrap())
}

fn ecdsa(curve: Curve, q: &str) -> Option<String> {
    grip(PublicKeyAlgorithm::ECDSA, PublicKey::ECDSA { curve, q: number(q) })
}

/// Points and what `gpg --with-keygrip` says of them. tests/agent asks gpg itself, where there is one.
#[test]
fn gpg_knows_these_keys_by_these_names() {
    let q = number("40BEA407CF46BEF650CE8041CE9F4C2F53E3EA3BFD9E73E17138118A77CECD6F9A");
    assert_eq!(
        grip(PublicKeyAlgorithm::EdDSA, PublicKey::EdDSA { curve: Curve::Ed25519, q }).unwrap(),
        "CDED5D859EE4E48D8B493B89F1FD94312F152BAC"
    );
    let p256 = "04D17E522157B394ACA37ED68696BE02860C3A110479F1D3A57AD6F83C518630A1\
                614C5094F2311F4C1C4D4B9B627F892D6BFCFF5291141FAE2EC6BD6493E7599D";
    assert_eq!(ecdsa(Curve::NistP256, p256).unwrap(), "AF93B46C6F07F59DEE002EBCA7E6984B631E7EC9");
    let p384 = "0410E820C6583EA0C4ACE25E7915DB1A2938874B8CE4B5BF8F800B8D7D1EB4F7341D140D1D2130ED41204554A098BC9363\
                5EE757342CDF8CD1B7E33F2509DA965FE487DF50C75BD37E65BC7BD7E7762E39C79F056760B2908AEA23875B863E08F5";
    assert_eq!(ecdsa(Curve::NistP384, p384).unwrap(), "A19908C6E9A3452E18FE1F0B577EC4C40937E288");
    let p521 = "0400BB88551462CF4DE62D0E097814AD98BE08A2EA78F322D64C9B95167DD1B3A83456952E79134DD6862FE975FD4FC3D2\
                5EBD9B859591883232D1D7C4F6DAB6C8966900B2E8C0EAE53DA9944EE632DEB2C13E7765CFEF2D209BBDE2359056AE4B50\
                A71EF79AC977C8E167AB05FDC5BD9FCA2D8DE68EBB0B56DE80656A21A0A7D863D92398";
    assert_eq!(ecdsa(Curve::NistP521, p521).unwrap(), "A68F8972245304E89C872CBC3200E7BC51AFCC71");
    let n = "C7B20ACB7DDA6BA94A0D02BC523FDC826EE06057AA6BEA4D0848932A7C60FA42D45FED35A4BE708EBC9FC519E9CCB74B\
             9E4CC84DB0AA024210323C21391BC2F8B25398801C2FE3A847CBCE7156A6852B8924543EEE5547A102AB94DD2A04FA49\
             449123493EAAF403B7A2F0414FE3C4D633B72BA2C88ACCC3CDBD0159AEEC5B78650F94E1C688A9CF9EF8337F21ADE2BF\
             65E2A9326B90E3C97A1E9818CFA31F11498BE150B20BE8C713922361059A5EF55BC354CFFA48EA7570B73448AD7FDCA0\
             D44E16568F4D6D775BA7555EE8CDABD78D8D780ED701245F290E75E2592B7D946CEAF254FF6C6C5C601C0E78E8BA8715\
             7D97F6CD2A8F45C091DE03CF7C0AF857";
    assert_eq!(
        grip(PublicKeyAlgorithm::RSAEncryptSign, PublicKey::RSA { e: number("010001"), n: number(n) })
            .unwrap(),
        "8F7C80A464E7A6FAB5D92856C927AECECA7F5A56"
    );
}

#[test]
fn a_key_that_does_not_sign_for_us_has_none() {
    assert_eq!(ecdsa(Curve::BrainpoolP256, "0401"), None);
    let unmarked = PublicKey::EdDSA { curve: Curve::Ed25519, q: number("41AA") };
    assert_eq!(grip(PublicKeyAlgorithm::EdDSA, unmarked), None);
}

#[test]
fn every_parameter_can_be_read() {
    for curve in [&curves::ED25519, &curves::NIST_P256, &curves::NIST_P384, &curves::NIST_P521] {
        for number in [curve.p, curve.a, curve.b, curve.g, curve.n] {
            assert_ne!(hex::decode(number).unwrap()[0], 0, "{number}");
        }
    }
}
