namespace NoiseGen.Generator.Tests.Diagnostics;

/// <summary>Suggestions: the network is generated anyway.</summary>
internal static class StyleCases
{
    private const string Order =
        "computes linear operation, batch norm, sum or concatenation, activation, pool, dropout, in whatever order they are written; "
            + "write them in this order";

    public static readonly Case[] All =
    [
        Case.InStages("activation first", "NG0033", $"Stage 'Conv' {Order}", "[Relu, [|Conv2d(6, 5)|]] public partial Stage Conv { get; }"),
        Case.InStages("pool before activation", "NG0033", $"Stage 'Conv' {Order}",
            "[Conv2d(6, 5)] [MaxPool(2), NoNoise] [[|Relu|]] public partial Stage Conv { get; }"),
    ];
}
