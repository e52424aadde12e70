#include <algorithm>
#include <map>
#include <tuple>

#include "pipeline/assess/detail/words.hpp"
#include "pipeline/assess/html/charts.hpp"
#include "pipeline/assess/html/sections.hpp"

namespace migrateiq::html {

namespace {

using assess::Number;

std::vector<BarPart> PartsOf(int64_t automatic, int64_t adapted, int64_t manual) {
  const auto all = static_cast<double>(std::max<int64_t>(automatic + adapted + manual, 1));
  return {{static_cast<double>(automatic) / all, "f3"},
          {static_cast<double>(adapted) / all, "f2"},
          {static_cast<double>(manual) / all, "f5"}};
}

void BarCell(Markup& page, int64_t automatic, int64_t adapted, int64_t manual) {
  const auto cell = page.In("td", {{"class", "barcell"}});
  Bar(page, PartsOf(automatic, adapted, manual),
      Number(automatic) + " by itself, " + Number(adapted) + " with a change, " + Number(manual) + " by hand");
}

void WriteTarget(Markup& page, const TargetConversion& target) {
  const auto row = page.In("tr");
  page.Element("th", target.label + (target.chosen ? " (chosen)" : ""), {{"scope", "row"}});
  if (!target.refused.empty()) {
    page.Element("td", "refused: " + target.refused, {{"colspan", "4"}});
    return;
  }
  BarCell(page, target.automatic, target.adapted, target.manual);
  NumberCell(page, Number(target.automatic));
  NumberCell(page, Number(target.adapted));
  NumberCell(page, Number(target.manual));
}

void WriteKinds(Markup& page, const TargetConversion& target) {
  if (target.lines.empty()) return;
  const DataTable table(page, "By kind of object, to " + target.label,
                        {"Kind", "Shares", "By itself#", "With a change#", "By hand#"});
  for (const ConversionLine& line : target.lines) {
    const auto row = page.In("tr");
    page.Element("th", assess::Plural(line.kind), {{"scope", "row"}});
    BarCell(page, line.automatic, line.adapted, line.manual);
    NumberCell(page, Number(line.automatic));
    NumberCell(page, Number(line.adapted));
    NumberCell(page, Number(line.manual));
  }
}

void WriteTypes(Markup& page, const TargetConversion& target, size_t limit) {
  std::vector<const TypeMapping*> changed;
  int64_t kept = 0;
  for (const TypeMapping& mapping : target.types) {
    if (assess::Lower(mapping.from) == assess::Lower(mapping.to))
      kept += mapping.columns;
    else
      changed.push_back(&mapping);
  }
  page.Heading(3, "Types");
  page.Element("p", assess::Count(kept, "column") + (kept == 1 ? " keeps its type" : " keep their types") +
                        " as written; the others get the type that holds all their values.");
  const size_t shown = std::min(limit, changed.size());
  if (shown == 0) return;
  {
    const DataTable table(page, "Types that are written differently", {"At the source", "At the target", "Columns#"});
    for (size_t i = 0; i < shown; ++i) {
      const auto row = page.In("tr");
      NameCell(page, changed[i]->from);
      page.Open("td").Name(changed[i]->to).Close();
      NumberCell(page, Number(changed[i]->columns));
    }
  }
  SayRest(page, shown, changed.size(), "pair of types");
}

/// Definitions are shown whole as long as there is room for them on the page.
void WriteSource(Markup& page, const ConversionItem& item, size_t& room) {
  if (item.source.empty()) return;
  if (item.source.size() > room) {
    page.Element("p", "Its definition is in the JSON form.", {{"class", "soft small"}});
    return;
  }
  room -= item.source.size();
  page.Element("pre", item.source);
}

/// Objects of a kind that are manual for the same reason and with the same text are told together.
struct ManualGroup {
  const ConversionItem* first;
  std::vector<std::string> names;
};

std::vector<ManualGroup> GroupManual(const TargetConversion& target) {
  std::vector<ManualGroup> groups;
  std::map<std::tuple<std::string, std::string, std::string>, size_t> places;
  for (const ConversionItem& item : target.items) {
    if (item.status != "manual") continue;
    const auto [place, fresh] = places.try_emplace({item.kind, item.why, item.source}, groups.size());
    if (fresh) groups.push_back({&item, {}});
    groups[place->second].names.push_back(item.name);
  }
  return groups;
}

void WriteGroup(Markup& page, const ManualGroup& group, size_t& room) {
  const auto details = page.In("details");
  page.Open("summary");
  if (group.names.size() > 1)
    page.Text(assess::Count(static_cast<int64_t>(group.names.size()), group.first->kind) + ": " + group.first->why);
  else
    page.Text(group.first->kind + " ").Name(group.first->name);
  page.Close().Open("p");
  if (group.names.size() == 1) page.Element("bdi", group.first->why);
  for (size_t i = 0; i < group.names.size() && group.names.size() > 1; ++i) {
    page.Text(i > 0 ? ", " : "").Name(group.names[i]);
  }
  page.Close();
  WriteSource(page, *group.first, room);
}

void WriteManual(Markup& page, const TargetConversion& target, const Limits& limits) {
  const std::vector<ManualGroup> groups = GroupManual(target);
  if (groups.empty()) return;
  page.Heading(3, "By hand, with the source text");
  size_t room = limits.source_bytes;
  const size_t shown = std::min(groups.size(), limits.items);
  for (size_t i = 0; i < shown; ++i) WriteGroup(page, groups[i], room);
  SayRest(page, shown, groups.size(), "entry");
}

void WriteAdapted(Markup& page, const TargetConversion& target, const Limits& limits) {
  std::vector<const ConversionItem*> adapted;
  for (const ConversionItem& item : target.items) {
    if (item.status != "manual") adapted.push_back(&item);
  }
  if (adapted.empty()) return;
  const size_t shown = std::min(adapted.size(), limits.items);
  page.Open("details").Element(
      "summary", "Carried over with a change (" + assess::Count(static_cast<int64_t>(adapted.size()), "remark") + ")");
  {
    const DataTable table(page, "What a run would report about them", {"Object", "Kind", "What changes"});
    for (size_t i = 0; i < shown; ++i) {
      const auto row = page.In("tr");
      NameCell(page, adapted[i]->name);
      page.Element("td", adapted[i]->kind);
      page.Open("td", {{"class", "w"}}).Element("bdi", adapted[i]->why).Close();
    }
  }
  page.Close();
  SayRest(page, shown, adapted.size(), "remark");
}

}  // namespace

void WriteConversion(Markup& page, const Assessment& assessment, const Limits& limits) {
  const auto section = page.In("section", {{"class", "chapter"}, {"aria-labelledby", "conversion"}});
  page.Heading(2, "Conversion", "conversion");
  if (assessment.conversions.empty()) {
    page.Element("p", "No target was looked at.");
    return;
  }
  page.Element("p", "What becomes of every object, by the same code that a run uses: it would report the same.");
  page.Element(
      "p",
      "A column by hand is made and filled like any other; what it did by itself, and cannot do there, is left to "
      "people.",
      {{"class", "soft small"}});
  Legend(page, {{"f3", "by itself"}, {"f2", "by itself, with a change that is reported"}, {"f5", "by hand"}});
  {
    const DataTable table(page, "Targets", {"Target", "Shares", "By itself#", "With a change#", "By hand#"});
    for (const TargetConversion& target : assessment.conversions) WriteTarget(page, target);
  }
  const TargetConversion& first = assessment.conversions.front();
  if (!first.chosen) return;
  WriteKinds(page, first);
  WriteTypes(page, first, limits.items);
  WriteManual(page, first, limits);
  WriteAdapted(page, first, limits);
}

}  // namespace migrateiq::html
