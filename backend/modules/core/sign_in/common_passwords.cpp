#include <algorithm>
#include <array>
#include <string>

#include "modules/core/sign_in/password.hpp"

namespace migrateiq::core {

namespace {

/// What people's passwords are made of, in lower case and without the digits and signs around. Sorted.
constexpr std::string_view kWords[] = {
    "aaabbb",
    "abcabc",
    "abcdef",
    "abcdefgh",
    "abcdefghijkl",
    "access",
    "accessdenied",
    "admin",
    "adminadmin",
    "administrador",
    "administrator",
    "adminpassword",
    "alexander",
    "amazon",
    "america",
    "andrew",
    "angel",
    "angels",
    "anthony",
    "apple",
    "arsenal",
    "asdasd",
    "asdasdasd",
    "asdfgh",
    "asdfghjkl",
    "ashley",
    "australia",
    "autumn",
    "azerty",
    "azertyuiop",
    "babygirl",
    "banana",
    "barcelona",
    "baseball",
    "basketball",
    "batman",
    "benjamin",
    "berlin",
    "bienvenue",
    "blessed",
    "boston",
    "brasil",
    "business",
    "buster",
    "butterfly",
    "canada",
    "changeit",
    "changeme",
    "changethis",
    "charlie",
    "cheese",
    "chelsea",
    "chicago",
    "china",
    "chocolate",
    "christopher",
    "cisco",
    "company",
    "companyname",
    "computer",
    "contrasena",
    "cookie",
    "correcthorse",
    "correcthorsebatterystaple",
    "corvette",
    "cowboys",
    "dallas",
    "daniel",
    "database",
    "dbpassword",
    "debian",
    "december",
    "default",
    "demo",
    "deutschland",
    "diamond",
    "dragon",
    "eagles",
    "elizabeth",
    "england",
    "espana",
    "facebook",
    "family",
    "february",
    "ferrari",
    "flower",
    "football",
    "forever",
    "france",
    "freedom",
    "friday",
    "friends",
    "germany",
    "ginger",
    "golden",
    "goodmorning",
    "google",
    "guest",
    "hacker",
    "hannah",
    "harley",
    "haslo",
    "heaven",
    "hello",
    "hellohello",
    "helloworld",
    "helpdesk",
    "heslo",
    "hockey",
    "hunter",
    "ilovegod",
    "ilovemyself",
    "iloveu",
    "iloveyou",
    "iloveyouforever",
    "iloveyousomuch",
    "india",
    "instagram",
    "internet",
    "january",
    "jennifer",
    "jessica",
    "jesus",
    "jesuschrist",
    "jonathan",
    "jordan",
    "joshua",
    "juventus",
    "killer",
    "lakers",
    "letmein",
    "letmeinnow",
    "letmeinplease",
    "linkedin",
    "linux",
    "liverpool",
    "lkjhgfdsa",
    "login",
    "london",
    "lovely",
    "loveme",
    "loveyou",
    "madrid",
    "manager",
    "manchester",
    "mariadb",
    "master",
    "matrix",
    "matthew",
    "maverick",
    "merlin",
    "mexico",
    "michael",
    "michelle",
    "microsoft",
    "migrate",
    "migrateiq",
    "migration",
    "mnbvcxz",
    "monday",
    "mongodb",
    "monkey",
    "moscow",
    "motdepasse",
    "mustang",
    "mylove",
    "mypassword",
    "mysql",
    "network",
    "newpassword",
    "newyork",
    "nicole",
    "nopassword",
    "november",
    "office",
    "oldpassword",
    "onetwothree",
    "opensesame",
    "oracle",
    "orange",
    "paris",
    "parola",
    "pass",
    "passpass",
    "password",
    "passwordone",
    "passwordpassword",
    "passwort",
    "pepper",
    "phoenix",
    "poiuytrewq",
    "pokemon",
    "porsche",
    "postgres",
    "postgresql",
    "princesa",
    "princess",
    "private",
    "purple",
    "qazwsx",
    "qazwsxedc",
    "qweasd",
    "qweasdzxc",
    "qweqwe",
    "qweqweqwe",
    "qwerty",
    "qwertyuiop",
    "qwertz",
    "qwertzuiop",
    "rainbow",
    "rangers",
    "realmadrid",
    "redis",
    "robert",
    "root",
    "rootpassword",
    "rootroot",
    "salasana",
    "samantha",
    "samsung",
    "scooter",
    "secret",
    "security",
    "senha",
    "server",
    "service",
    "services",
    "sesame",
    "shadow",
    "silver",
    "snoopy",
    "soccer",
    "soccerball",
    "sommer",
    "spiderman",
    "spring",
    "starwars",
    "steelers",
    "summer",
    "sunshine",
    "superman",
    "superuser",
    "support",
    "sweetheart",
    "sysadmin",
    "system",
    "teamo",
    "temp",
    "temporary",
    "tequiero",
    "test",
    "tester",
    "testing",
    "testpassword",
    "testtest",
    "thepassword",
    "thisisapassword",
    "thisisasecret",
    "thisismypassword",
    "thomas",
    "thunder",
    "tigger",
    "tokyo",
    "toor",
    "topsecret",
    "trustno",
    "trustnoone",
    "twitter",
    "ubuntu",
    "userpassword",
    "wachtwoord",
    "welcome",
    "welcomehome",
    "welkom",
    "whatever",
    "william",
    "willkommen",
    "windows",
    "winter",
    "wsxedcrfv",
    "yamaha",
    "yankees",
    "yellow",
    "yourpassword",
    "youtube",
    "zxcvbn",
    "zxcvbnm",
    "zxczxc",
};
static_assert(std::is_sorted(std::begin(kWords), std::end(kWords)));

/// Rows of the keyboard, along which fingers wander.
constexpr std::string_view kRows[] = {"1234567890",      "qwertyuiop", "asdfghjkl",  "zxcvbnm",
                                      "qwertzuiop",      "yxcvbnm",    "azertyuiop", "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
                                      "!qaz@wsx#edc$rfv"};

bool IsLetter(char c) { return c >= 'a' && c <= 'z'; }

char LetterFor(char c) {
  switch (c) {
    case '0': return 'o';
    case '1':
    case '!': return 'i';
    case '3': return 'e';
    case '4':
    case '@': return 'a';
    case '5':
    case '$': return 's';
    case '7': return 't';
    default: return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
}

std::string WithLetters(std::string_view password) {
  std::string text(password);
  std::transform(text.begin(), text.end(), text.begin(), LetterFor);
  return text;
}

std::string_view WithoutDecoration(std::string_view text) {
  while (!text.empty() && !IsLetter(text.front())) text.remove_prefix(1);
  while (!text.empty() && !IsLetter(text.back())) text.remove_suffix(1);
  return text;
}

std::string LettersOnly(std::string_view text) {
  std::string letters;
  std::copy_if(text.begin(), text.end(), std::back_inserter(letters), IsLetter);
  return letters;
}

bool IsWord(std::string_view text) { return std::binary_search(std::begin(kWords), std::end(kWords), text); }

/// Words of the list, one after another: "adminpassword".
bool AreWords(std::string_view text, int most) {
  if (IsWord(text)) return true;
  for (size_t length = 4; most > 1 && length + 4 <= text.size(); ++length) {
    if (IsWord(text.substr(0, length)) && AreWords(text.substr(length), most - 1)) return true;
  }
  return false;
}

/// Cut into the longest pieces of keyboard rows, is it hardly more than two of them?
bool IsKeyboardWalk(std::string_view text) {
  size_t pieces = 0;
  while (!text.empty() && pieces < 4) {
    size_t longest = 1;
    for (const std::string_view row : kRows) {
      for (size_t length = text.size(); length > longest; --length) {
        if (row.find(text.substr(0, length)) != row.npos) longest = length;
      }
    }
    text.remove_prefix(longest);
    ++pieces;
  }
  return text.empty() && pieces <= 3;
}

}  // namespace

bool IsCommonPassword(std::string_view password) {
  std::string lower(password);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  // "p4ssword1234" may lose its tail before or after digits are read as letters.
  const std::string spelled = WithLetters(lower), spelled_core = WithLetters(WithoutDecoration(lower));
  for (const std::string& text : {lower, spelled, spelled_core}) {
    const std::string_view core = WithoutDecoration(text);
    if (!core.empty() && (AreWords(core, 3) || AreWords(LettersOnly(text), 3))) return true;
  }
  return IsKeyboardWalk(lower);
}

}  // namespace migrateiq::core
