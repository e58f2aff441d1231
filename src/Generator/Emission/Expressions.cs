namespace NoiseGen.Generator.Emission;

/// <summary>Expressions as one would write them: without factors of one and terms of zero.</summary>
internal static class Expressions
{
    /// <summary>The product of an expression and a number.</summary>
    public static string Times(string value, int factor) => factor == 1 ? value : $"{value} * {factor}";

    /// <summary>The sum of an expression and a number, which may be below zero.</summary>
    public static string Plus(string value, int number) => number == 0 ? value : number > 0 ? $"{value} + {number}" : $"{value} - {-number}";

    /// <summary>The difference of an expression and a number, which may be below zero.</summary>
    public static string Minus(string value, int number) => Plus(value, -number);

    /// <summary>The float that lies so many behind a reference.</summary>
    public static string Element(string reference, long place) => place == 0 ? reference : $"Unsafe.Add(ref {reference}, {place})";
}
