using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Analysis;

/// <summary>
/// Suggests writing a stage's operations in the order in which they run. Attribute order has no meaning to C# or to the generator; it helps
/// the reader. The related places are the operations in execution order.
/// </summary>
internal static class AttributeOrder
{
    public static void Check(NetworkDeclaration declaration, ProblemList problems)
    {
        for (int stage = 0; stage < declaration.Stages.Count; stage++)
        {
            if (FirstMisplaced(declaration.Stages[stage]) is { } attribute)
            {
                Place[] ordered = [.. InOrder(declaration.Stages[stage]).Select(operation => new Place(stage, operation, null))];
                problems.AddWithRelated(
                    DiagnosticIds.AttributeOrder, new Place(stage, attribute, null), ordered, declaration.Stages[stage].Name);
            }
        }
    }

    private static IEnumerable<int> InOrder(StageDeclaration stage) =>
        Enumerable.Range(0, stage.Attributes.Count).Where(i => Rank(stage.Attributes[i]) is not null)
            .OrderBy(i => Rank(stage.Attributes[i]));

    private static int? FirstMisplaced(StageDeclaration stage)
    {
        int reached = 0;
        for (int i = 0; i < stage.Attributes.Count; i++)
        {
            if (Rank(stage.Attributes[i]) is not { } rank) continue;
            if (rank < reached) return i;
            reached = rank;
        }

        return null;
    }

    // Policies may be anywhere.
    private static int? Rank(AttributeDeclaration attribute) => attribute switch
    {
        AttributeDeclaration.Conv2d or AttributeDeclaration.Dense => 0,
        AttributeDeclaration.BatchNorm => 1,
        AttributeDeclaration.Merge or AttributeDeclaration.Residual => 2,
        AttributeDeclaration.Activate => 3,
        AttributeDeclaration.Pool or AttributeDeclaration.GlobalAvgPool => 4,
        AttributeDeclaration.Dropout => 5,
        _ => null,
    };
}
