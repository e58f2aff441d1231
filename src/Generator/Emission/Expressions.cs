using System.Globalization;
using NoiseGen.Generator.Loops;
using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Emission;

/// <summary>Expressions as one would write them: without factors of one and terms of zero.</summary>
internal static class Expressions
{
    /// <summary>The product of an expression and a number.</summary>
    public static string Times(string value, int factor) =>
        factor == 1 ? value : Number(value) is { } number ? $"{number * factor}" : $"{value} * {factor}";

    /// <summary>The sum of an expression and a number, which may be below zero.</summary>
    public static string Plus(string value, int number) => number == 0 ? value
        : Number(value) is { } known ? SourceWriter.Literal(known + number)
        : number > 0 ? $"{value} + {number}" : $"{value} - {-number}";

    /// <summary>The difference of an expression and a number, which may be below zero.</summary>
    public static string Minus(string value, int number) => Plus(value, -number);

    /// <summary>The sum of two expressions.</summary>
    public static string Sum(string one, string other) =>
        Number(other) is { } number ? Plus(one, number) : one == "0" ? other : $"{one} + {other}";

    /// <summary>An expression as a factor: in parentheses if it is a sum.</summary>
    public static string Parenthesized(string value) => value.Contains(" + ") || value.Contains(" - ") ? $"({value})" : value;

    /// <summary>The float that lies so many after a reference, which an expression counts.</summary>
    public static string Element(string reference, string place) => place == "0" ? reference : $"Unsafe.Add(ref {reference}, {place})";

    /// <summary>The float that lies so many after a reference.</summary>
    public static string Element(string reference, long place) => place == 0 ? reference : $"Unsafe.Add(ref {reference}, {place})";

    /// <summary>A reference to a buffer's start.</summary>
    public static string Place(Slot slot) => Place(slot, 0);

    /// <summary>A reference to a float within a buffer.</summary>
    public static string Place(Slot slot, long offset) =>
        $"ref Unsafe.Add(ref memory.{slot.Area}, {PlaceEmitter.Of(slot)}{(offset == 0 ? "" : $" + {offset}")})";

    /// <summary>The number of a row.</summary>
    public static string Index(RowIndex index) => index switch
    {
        RowIndex.First => "0",
        RowIndex.Row => "row",
        RowIndex.RowOfStrip => "(row - start)",
        RowIndex.StartOfStrip => "start",
        _ => "pooled",
    };

    /// <summary>A reference to a row of a buffer.</summary>
    public static string Row(RowOf row)
    {
        if (row.Index == RowIndex.First) return $"ref {row.Buffer}";
        string index = row.Ring > 0 ? $"{Index(row.Index)} % {row.Ring}" : Index(row.Index);
        return $"ref Unsafe.Add(ref {row.Buffer}, {index} * {row.Stride})";
    }

    /// <summary>Number of a row's first group of four values, by which noise is drawn.</summary>
    public static string Group(RowIndex row, int elements) => row == RowIndex.First ? "0" : $"{Index(row)} * {(elements + 3) / 4}";

    private static int? Number(string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;
}
