// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/pseudonym.hpp>

#include <set>

namespace tutela {
namespace {

SecretKey key(std::string id, std::size_t length = 32, unsigned char first = 0)
{
  std::vector<std::byte> secret(length);
  for (std::size_t i = 0; i < length; ++i) secret[i] = static_cast<std::byte>(first + i);
  return SecretKey::build(std::move(id), secret).value();
}

PseudonymKeys keys(std::vector<SecretKey> list) { return PseudonymKeys::build(std::move(list)).value(); }

// Worked out with BLAKE2b of Python's hashlib: length of the context in 8 bytes, context, length of the text, text.
TEST(SecretKey, DigestsAreKeyedBlake2bOfContextAndText)
{
  EXPECT_EQ(key("k").digest("", ""), "78f652ecf727335b95b0294df9ffadb7e2942583a858cfc044798114eb8a59ac");
  EXPECT_EQ(key("k", 64).digest("x", "y", 64),
            "8595cccfde4affc1916546f31e23968b926d0b9ef055539b61f0293e06f0b6bf"
            "59a7832e9f3f87b1017a2e5f56c03ca315ab93761bfc792e73333aa795bc1428");
  EXPECT_THROW(static_cast<void>(key("k").digest("x", "y", 8)), ContractViolation);
}

TEST(SecretKey, TheBorderBetweenContextAndTextCounts)
{
  EXPECT_NE(key("k").digest("ab", "c"), key("k").digest("a", "bc"));
  EXPECT_NE(key("k").digest("", "abc"), key("k").digest("abc", ""));
}

TEST(SecretKey, IsRefusedWithoutAWordAboutTheSecret)
{
  std::vector<std::byte> const secret(31, std::byte{'Z'});
  auto const refused = SecretKey::build("Big Key", secret);
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.diagnostics().size(), 2U);
  EXPECT_EQ(to_string(refused.diagnostics()).find('Z'), std::string::npos);
  EXPECT_FALSE(SecretKey::build("k", std::vector<std::byte>(65)));
  EXPECT_FALSE(SecretKey::build("", std::vector<std::byte>(32)));
}

TEST(Pseudonym, IsTheNameOfTheKeyAndADigestForThePurpose)
{
  auto const made = keys({key("2026")}).pseudonym(Purpose("referral"), "case-17");
  EXPECT_EQ(made, "2026.e4eeaccca8edd900c485dab2fca303c6444ab8b4");
}

TEST(Pseudonym, OfTwoPurposesKeysOrPeopleNeverMeet)
{
  std::set<std::string> seen;
  std::size_t made = 0;
  for (auto const& ring : {keys({key("a")}), keys({key("b")}), keys({key("a", 32, 1)}), keys({key("a", 33)})})
    for (char const* purpose : {"referral", "research", "referral/research"})
      for (int person = 0; person < 200; ++person) {
        seen.insert(ring.pseudonym(Purpose(purpose), std::to_string(person)));
        ++made;
      }
  EXPECT_EQ(seen.size(), made);
}

TEST(Pseudonym, IsRecognisedByTheKeyItNames)
{
  Purpose const referral("referral");
  auto const old = keys({key("2025")});
  auto const now = keys({key("2026", 32, 7), key("2025")});
  auto const made = old.pseudonym(referral, "case-1");
  EXPECT_EQ(now.stands_for(made, referral, "case-1"), Truth::yes);
  EXPECT_EQ(now.stands_for(made, referral, "case-2"), Truth::no);
  EXPECT_EQ(now.stands_for(made, Purpose("research"), "case-1"), Truth::no);
  EXPECT_TRUE(now.is_outdated(made));
  auto const fresh = now.pseudonym(referral, "case-1");
  EXPECT_NE(fresh, made);
  EXPECT_FALSE(now.is_outdated(fresh));
  EXPECT_EQ(old.stands_for(fresh, referral, "case-1"), Truth::unknown) << "its key is not here";
  EXPECT_FALSE(old.is_outdated(fresh));
}

TEST(Pseudonym, TextThatIsNoneStandsForNobody)
{
  Purpose const referral("referral");
  auto const ring = keys({key("k")});
  auto const good = ring.pseudonym(referral, "case-1");
  for (std::string const& text : {std::string(), std::string("."), std::string("k."), good + "0", good.substr(1),
                                  "k." + std::string(40, 'g'), "k." + std::string(40, 'A')})
    EXPECT_EQ(ring.stands_for(text, referral, "case-1"), Truth::no) << text;
  for (std::size_t i = 2; i < good.size(); ++i) {
    auto torn = good;
    torn[i] = torn[i] == '0' ? '1' : '0';
    EXPECT_EQ(ring.stands_for(torn, referral, "case-1"), Truth::no);
  }
  EXPECT_THROW(static_cast<void>(ring.pseudonym(Purpose(), "case-1")), ContractViolation);
  EXPECT_THROW(static_cast<void>(ring.pseudonym(referral, "")), ContractViolation);
}

TEST(Pseudonym, KeysHaveEachNameOnce)
{
  EXPECT_FALSE(PseudonymKeys::build({}));
  EXPECT_FALSE(PseudonymKeys::build({key("a"), key("b"), key("a", 32, 1)}));
}

TEST(Pseudonym, ComparisonLooksAtEverything)
{
  EXPECT_TRUE(same_digest("", ""));
  EXPECT_TRUE(same_digest("abc", "abc"));
  EXPECT_FALSE(same_digest("abc", "abd"));
  EXPECT_FALSE(same_digest("abc", "abcd"));
}

}  // namespace
}  // namespace tutela
