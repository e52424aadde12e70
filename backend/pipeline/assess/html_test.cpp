#include <gtest/gtest.h>

#include <cmath>

#include "pipeline/assess/assess_test_support.hpp"
#include "pipeline/assess/html/graph_layout.hpp"
#include "pipeline/assess/html/markup.hpp"
#include "pipeline/assess/html/style.hpp"
#include "pipeline/assess/render_html.hpp"

namespace migrateiq {
namespace {

using test::Shop;

TEST(Markup, EscapesWhatWouldBeMarkup) {
  EXPECT_EQ(html::Escape("<script>alert(\"x\" & 'y')</script>"),
            "&lt;script&gt;alert(&quot;x&quot; &amp; &#39;y&#39;)&lt;/script&gt;");
  EXPECT_EQ(html::Escape(std::string("a\0b\x1b\x7f", 5)), "a\u2400b\u241b\u2421");
  EXPECT_EQ(html::Escape("M\xC3\xBCller \xFF!"), "M\xC3\xBCller \\xff!");
  EXPECT_EQ(html::Escape("\xC2\x85 \xEF\xBF\xBE"), "\xEF\xBF\xBD \xEF\xBF\xBD");
  EXPECT_EQ(html::Escape(""), "");
}

TEST(Markup, ClosesWhatItOpens) {
  html::Markup page;
  {
    const auto outer = page.In("div", {{"class", "a\"b"}, {"id", ""}});
    page.Element("p", "x < y").Void("br").Prose("run `a<b` now").Name("t");
  }
  EXPECT_EQ(page.text(),
            "<div class=\"a&quot;b\"><p>x &lt; y</p><br/>run <code>a&lt;b</code> now<bdi class=\"name\">t</bdi></div>");
}

TEST(Markup, ProseWithAnOddBackquoteLosesNothing) {
  html::Markup page;
  page.Prose("a ` b");
  EXPECT_EQ(page.text(), "a <code> b</code>");
}

TEST(Style, NothingOfANameEscapesItsString) {
  const std::string style = html::StyleSheet("x\"}</style><script>y\\\n\xFF");
  EXPECT_EQ(style.find("</style>"), std::string::npos);
  EXPECT_EQ(style.find("x\"}"), std::string::npos);
  EXPECT_NE(style.find("x\\000022\\00007d\\00003c\\00002fstyle"), std::string::npos);
  EXPECT_EQ(style.find('\xFF'), std::string::npos);
}

TEST(Style, PolicyHashIsThatOfTheStandard) {
  // printf '%s' 'alert(1)' | openssl dgst -sha256 -binary | base64
  EXPECT_EQ(html::PolicyHash("alert(1)"), "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
}

TEST(Graph, ParentsAreAboveTheirChildren) {
  const Assessment assessment = Shop().Assess();
  const html::GraphLayout layout = html::LayOut(assessment);
  ASSERT_EQ(layout.tables.size(), 2U);
  ASSERT_EQ(layout.edges.size(), 1U);
  EXPECT_EQ(layout.tables[layout.edges[0].parent].name, "customer");
  EXPECT_LT(layout.tables[layout.edges[0].parent].y, layout.tables[layout.edges[0].child].y);
  EXPECT_TRUE(layout.alone.empty());
}

/// A chain of tables, every one referring to the one before.
Shop Chain(size_t tables) {
  Shop shop;
  const Table first = shop.catalog.tables[0];
  shop.catalog.tables.clear();
  for (size_t i = 0; i < tables; ++i) {
    Table table = first;
    table.name.name = "t" + std::to_string(i);
    if (i > 0) {
      table.foreign_keys.push_back(
          {.columns = {"customer_no"}, .parent = {"", "t" + std::to_string(i - 1)}, .parent_columns = {"customer_no"}});
    }
    shop.catalog.tables.push_back(std::move(table));
  }
  return shop;
}

TEST(Graph, OfManyTablesTheMostRelatedAreDrawn) {
  Shop shop = Chain(200);
  shop.catalog.tables.push_back(shop.catalog.tables[0]);
  shop.catalog.tables.back().name.name = "lonely";
  const html::GraphLayout layout = html::LayOut(shop.Assess());
  EXPECT_EQ(layout.tables.size(), html::kMostNodes);
  EXPECT_EQ(layout.left_out, 200 - html::kMostNodes);
  EXPECT_EQ(layout.alone, std::vector<std::string>{"lonely"});
  for (size_t i = 0; i < layout.tables.size(); ++i) {
    for (size_t k = i + 1; k < layout.tables.size(); ++k) {
      const bool apart = std::abs(layout.tables[i].x - layout.tables[k].x) >= html::kNodeWidth ||
                         std::abs(layout.tables[i].y - layout.tables[k].y) >= html::kNodeHeight;
      EXPECT_TRUE(apart) << layout.tables[i].name << " over " << layout.tables[k].name;
    }
  }
}

/// Two layers of 24 tables take several rows each: a line to a row farther up passes between the tables on its way.
TEST(Graph, NoTableHidesALineBetweenRowsOfItsOwnColumn) {
  Shop shop;
  const Table first = shop.catalog.tables[0];
  shop.catalog.tables.clear();
  for (int i = 0; i < 48; ++i) {
    Table table = first;
    table.name.name = "t" + std::to_string(i);
    if (i >= 24) {
      table.foreign_keys.push_back({.columns = {"customer_no"},
                                    .parent = {"", "t" + std::to_string(i - 24)},
                                    .parent_columns = {"customer_no"}});
    }
    shop.catalog.tables.push_back(std::move(table));
  }
  const html::GraphLayout layout = html::LayOut(shop.Assess());
  ASSERT_EQ(layout.tables.size(), 48U);
  const double pitch = layout.tables[1].x - layout.tables[0].x;
  for (size_t i = 0; i + 1 < layout.tables.size(); ++i) {
    const html::PlacedTable &a = layout.tables[i], &b = layout.tables[i + 1];
    EXPECT_LE(b.x + html::kNodeWidth, layout.width);
    if (a.y == b.y) continue;  // a new row: half a table aside of the one above, whole tables apart within it
    const double offset = std::fmod(std::abs(b.x - layout.tables[0].x), pitch);
    const bool odd = static_cast<int>(std::round((b.y - layout.tables[0].y) / (html::kNodeHeight + 46))) % 2 == 1;
    EXPECT_NEAR(offset, odd ? pitch / 2 : 0, 0.01) << b.name;
  }
}

TEST(Graph, ARingIsDrawnToo) {
  Shop shop = Chain(3);
  shop.catalog.tables[0].foreign_keys.push_back(
      {.columns = {"customer_no"}, .parent = {"", "t2"}, .parent_columns = {"customer_no"}});
  const Assessment assessment = shop.Assess();
  EXPECT_EQ(html::LayOut(assessment).edges.size(), 3U);
  EXPECT_EQ(assessment.dependencies.cycles, (std::vector<std::vector<std::string>>{{"t0", "t1", "t2"}}));
}

/// Each start of `what` in the text.
size_t CountOf(std::string_view text, std::string_view what) {
  size_t count = 0;
  for (size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

TEST(Page, HostileNamesAndValuesStayText) {
  Shop shop;
  const std::string evil = "</style></script><script>alert('\"1\"')</script>\u202E`x`";
  shop.options.name = shop.options.source = evil;
  shop.catalog.tables[0].name.name = shop.profile.tables[0].name = evil;
  shop.catalog.tables[0].comment = shop.Column(0, 1).comment = shop.Column(0, 1).note = evil;
  shop.catalog.tables[1].foreign_keys[0].parent.name = evil;
  shop.Column(0, 1).name = shop.Profiled(0, 1).name = evil + "<b>";
  shop.catalog.others.push_back({"view", evil, evil, evil});
  shop.Profiled(0, 1).top_values = {{evil, 10, 0.5}};
  shop.Profiled(0, 1).findings = {{"too_long", 1, evil}};
  shop.profile.failures.push_back({evil, evil, evil, evil});
  shop.profile.moment = evil;
  const std::string page = RenderAssessmentHtml(shop.Assess());
  EXPECT_EQ(CountOf(page, "<script"), 1U);
  EXPECT_EQ(CountOf(page, "</script"), 1U);
  EXPECT_EQ(CountOf(page, "<style"), 1U);
  EXPECT_EQ(CountOf(page, "</style"), 1U);
  EXPECT_EQ(page.find("<b>"), std::string::npos);
  EXPECT_EQ(page.find("alert('"), std::string::npos);
}

TEST(Page, LoadsNothing) {
  const std::string page = RenderAssessmentHtml(Shop().Assess());
  for (const char* outside :
       {"http:", "https:", "=\"//", "src=", "@import", "url(", "<link", "<iframe", " style=", "onclick"}) {
    EXPECT_EQ(page.find(outside), std::string::npos) << outside;
  }
  EXPECT_NE(page.find("default-src &#39;none&#39;"), std::string::npos);
}

TEST(Page, TwoThousandTablesStayUsable) {
  Shop shop = Chain(2000);
  shop.profile.tables.resize(1);
  for (const Table& table : shop.catalog.tables) {
    TableProfile profile = shop.profile.tables[0];
    profile.name = table.name.name;
    shop.profile.tables.push_back(std::move(profile));
  }
  const std::string page = RenderAssessmentHtml(shop.Assess());
  EXPECT_LT(page.size(), 3'000'000U);
  EXPECT_NE(page.find("t1999"), std::string::npos);
  EXPECT_NE(page.find("Shown here: "), std::string::npos);
}

TEST(Page, EveryChapterIsThereAndLinked) {
  const std::string page = RenderAssessmentHtml(Shop().Assess());
  for (const char* id : {"summary", "inventory", "dependencies", "complexity", "risks", "conversion", "quality",
                         "personal", "estimates", "columns", "appendix"}) {
    EXPECT_EQ(CountOf(page, std::string(" id=\"") + id + "\""), 1U) << id;
    EXPECT_EQ(CountOf(page, std::string("href=\"#") + id + "\""), 2U) << id;
  }
}

}  // namespace
}  // namespace migrateiq
