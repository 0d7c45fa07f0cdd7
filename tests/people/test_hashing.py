from nobat.people.hashing import Argon2


def test_a_password_costs_what_owasp_advises():
    hasher = Argon2()
    kept = hasher.encode("Sarv-Naz-41", hasher.salt())

    assert "$argon2id$v=19$m=19456,t=2,p=1$" in kept
    assert hasher.verify("Sarv-Naz-41", kept)
