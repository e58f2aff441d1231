using NoiseGen.Generator.Graph;

namespace NoiseGen.Generator.Loops;

/// <summary>How comments name the shapes of buffers.</summary>
internal static class Shapes
{
    /// <summary>Some rows of a map: all of it where it has no more.</summary>
    /// <param name="which">Which rows, such as <c>latest</c>.</param>
    public static string Rows(int count, ImageShape map, string which = "") => (count >= map.Height, count) switch
    {
        (true, _) => $"{map}",
        (_, 1) => $"{(which.Length == 0 ? "one" : $"the {which}")} row of {map}",
        _ => $"{(which.Length == 0 ? "" : $"the {which} ")}{count} rows of {map}",
    };
}
