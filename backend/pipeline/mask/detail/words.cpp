#include "pipeline/mask/detail/words.hpp"

#include <array>

namespace migrateiq::detail::words {

namespace {

using std::operator""sv;

constexpr std::array kNames{
    "Abel"sv,    "Adrian"sv,  "Ainsley"sv, "Alex"sv,    "Alpin"sv,   "Amadi"sv,    "Andrea"sv,  "Arden"sv,
    "Ariel"sv,   "Ashley"sv,  "Aubrey"sv,  "Avery"sv,   "Bailey"sv,  "Beck"sv,     "Bellamy"sv, "Blake"sv,
    "Brook"sv,   "Cameron"sv, "Carey"sv,   "Casey"sv,   "Chandra"sv, "Claude"sv,   "Corin"sv,   "Dakota"sv,
    "Dallas"sv,  "Dana"sv,    "Darcy"sv,   "Devon"sv,   "Drew"sv,    "Eden"sv,     "Ellis"sv,   "Emery"sv,
    "Evan"sv,    "Ezra"sv,    "Fabian"sv,  "Finley"sv,  "Florin"sv,  "Francis"sv,  "Gale"sv,    "Gray"sv,
    "Greer"sv,   "Harley"sv,  "Harper"sv,  "Hayden"sv,  "Hollis"sv,  "Hunter"sv,   "Ilan"sv,    "Imre"sv,
    "Indra"sv,   "Ira"sv,     "Jamie"sv,   "Jess"sv,    "Jocelyn"sv, "Jordan"sv,   "Jude"sv,    "Jules"sv,
    "Kai"sv,     "Kamal"sv,   "Karin"sv,   "Kendall"sv, "Kerry"sv,   "Kim"sv,      "Kiran"sv,   "Lane"sv,
    "Laurie"sv,  "Lee"sv,     "Leslie"sv,  "Linden"sv,  "Logan"sv,   "Loren"sv,    "Lou"sv,     "Luca"sv,
    "Mallory"sv, "Marin"sv,   "Marley"sv,  "Martin"sv,  "Mason"sv,   "Merrill"sv,  "Micha"sv,   "Morgan"sv,
    "Nadir"sv,   "Nicola"sv,  "Nikita"sv,  "Noel"sv,    "Oakley"sv,  "Parker"sv,   "Pascal"sv,  "Paxton"sv,
    "Perry"sv,   "Quinn"sv,   "Ravi"sv,    "Reese"sv,   "Remy"sv,    "Riley"sv,    "Robin"sv,   "Romain"sv,
    "Rowan"sv,   "Ruben"sv,   "Ryan"sv,    "Sacha"sv,   "Sage"sv,    "Salim"sv,    "Sasha"sv,   "Sawyer"sv,
    "Selby"sv,   "Shannon"sv, "Shelby"sv,  "Sidney"sv,  "Simon"sv,   "Skyler"sv,   "Stacey"sv,  "Sterling"sv,
    "Tamar"sv,   "Taylor"sv,  "Terry"sv,   "Tomas"sv,   "Tracy"sv,   "Valentin"sv, "Vivian"sv,  "Wesley"sv,
    "Whitney"sv, "Winter"sv,  "Wren"sv,    "Yael"sv,    "Yuri"sv,    "Zeno"sv,     "Zion"sv,
};

constexpr std::array kStreets{
    "Acacia Row"sv,     "Alder Way"sv,     "Apple Lane"sv,    "Beech Street"sv,  "Birch Road"sv,    "Bridge Street"sv,
    "Brook Lane"sv,     "Cedar Avenue"sv,  "Chapel Row"sv,    "Cherry Lane"sv,   "Church Walk"sv,   "Clover Road"sv,
    "College Street"sv, "Copper Lane"sv,   "Corner Street"sv, "Elm Street"sv,    "Fern Way"sv,      "Field Road"sv,
    "Forest Avenue"sv,  "Garden Street"sv, "Granary Road"sv,  "Green Lane"sv,    "Harbour Road"sv,  "Hazel Way"sv,
    "High Street"sv,    "Hill Road"sv,     "Holly Lane"sv,    "Ivy Street"sv,    "Juniper Way"sv,   "Lake Road"sv,
    "Lantern Street"sv, "Laurel Avenue"sv, "Linden Street"sv, "Maple Road"sv,    "Market Street"sv, "Meadow Lane"sv,
    "Mill Lane"sv,      "North Street"sv,  "Oak Avenue"sv,    "Orchard Road"sv,  "Park Street"sv,   "Pine Way"sv,
    "Quarry Road"sv,    "River Street"sv,  "Rose Lane"sv,     "School Road"sv,   "South Street"sv,  "Spring Lane"sv,
    "Station Road"sv,   "Sycamore Way"sv,  "Thistle Lane"sv,  "Tower Street"sv,  "Valley Road"sv,   "Walnut Avenue"sv,
    "Water Lane"sv,     "West Street"sv,   "Willow Way"sv,    "Windmill Road"sv, "Wood Street"sv,   "Yew Lane"sv,
};

constexpr std::array kCities{
    "Alderton"sv,   "Amberley"sv,   "Ashford"sv,    "Bayview"sv,   "Birchwood"sv, "Blackmoor"sv,   "Bridgeton"sv,
    "Brookside"sv,  "Cedarville"sv, "Claremont"sv,  "Cliffton"sv,  "Crestview"sv, "Dalehurst"sv,   "Deerfield"sv,
    "Eastbrook"sv,  "Edgewater"sv,  "Elmhurst"sv,   "Fairview"sv,  "Fernwood"sv,  "Foxborough"sv,  "Glenview"sv,
    "Goldcrest"sv,  "Greenford"sv,  "Harborne"sv,   "Hazelton"sv,  "Highfield"sv, "Hillcrest"sv,   "Ironbridge"sv,
    "Kingsmere"sv,  "Lakewood"sv,   "Longmeadow"sv, "Maplewood"sv, "Marston"sv,   "Millbrook"sv,   "Northgate"sv,
    "Oakdale"sv,    "Oldbury"sv,    "Pinehurst"sv,  "Redcliff"sv,  "Riverton"sv,  "Rockport"sv,    "Rosedale"sv,
    "Sandford"sv,   "Seaview"sv,    "Shelton"sv,    "Silverton"sv, "Southgate"sv, "Springfield"sv, "Stonebridge"sv,
    "Summerton"sv,  "Thornbury"sv,  "Valleyford"sv, "Wakefield"sv, "Waterford"sv, "Westbrook"sv,   "Whitestone"sv,
    "Willowdale"sv, "Windham"sv,    "Woodside"sv,   "Yarrow"sv,
};

}  // namespace

std::span<const std::string_view> Names() { return kNames; }
std::span<const std::string_view> Streets() { return kStreets; }
std::span<const std::string_view> Cities() { return kCities; }

}  // namespace migrateiq::detail::words
