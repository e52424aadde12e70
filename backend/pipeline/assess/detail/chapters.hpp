#pragma once

#include "pipeline/assess/detail/context.hpp"

/// One function a chapter; each stands in a file of its name. Later ones read what earlier ones made.
namespace migrateiq::assess {

std::vector<InventoryLine> TakeInventory(const Context& context);
/// What is no table, with what it uses.
std::vector<CatalogObject> DescribeObjects(const Context& context);
TableReferences FindDependencies(const Context& context);
std::vector<TargetConversion> CompareConversions(const Context& context);
Complexity MeasureComplexity(const Context& context);
std::vector<Risk> FindRisks(const Context& context, const TableReferences& dependencies);
std::vector<CaseCheck> CheckCases(const Context& context, const std::vector<Risk>& risks);
QualitySummary ScoreQuality(const Context& context);
/// One a dimension; scores stay empty where nothing was examined.
std::vector<QualityScore> ScoreTable(const TableProfile& table);
std::vector<QualityScore> ScoreColumn(const ColumnProfile& column);
/// The weighted mean over the dimensions that have a score.
std::optional<double> OverallScore(const std::vector<QualityScore>& scores);
PersonalData MapPersonalData(const Context& context);
/// Tables with their columns' cards, and what the other chapters say of each.
std::vector<TableSummary> DescribeTables(const Context& context, const Assessment& so_far);
ColumnCard MakeCard(const Context& context, const Table& table, const CatalogColumn& column,
                    const ColumnProfile* profile);
Duration ExpectDuration(const Context& context);
Effort EstimateEffort(const Context& context, const Assessment& so_far);
/// Fills verdict, headline, reasons, summary and next_steps.
void Decide(const Context& context, Assessment& assessment);
void Summarize(const Context& context, Assessment& assessment);
/// The decisions as YAML.
std::string DraftPlan(const Context& context, const Assessment& assessment);

}  // namespace migrateiq::assess
