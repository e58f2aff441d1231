using System.Globalization;

namespace NoiseGen.Onnx.Scaffold;

/// <summary>Parts of attributes.</summary>
internal static class AttributeText
{
    /// <summary>A float's literal.</summary>
    public static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture) + "f";

    /// <summary>The rows and columns of a window.</summary>
    public static string Size(Window window) => window.Height == window.Width ? $"{window.Height}" : $"{window.Height}, {window.Width}";

    /// <summary>Strides and padding, after a comma, unless they are the defaults.</summary>
    public static string Steps(Window window, int strideHeight, int strideWidth) =>
        Pair("Stride", window.StrideHeight, window.StrideWidth, strideHeight, strideWidth) + Pair("Padding",
            window.PaddingHeight, window.PaddingWidth, 0, 0);

    /// <summary>Padding as written in messages.</summary>
    public static string Padding(Window window) => $"{window.PaddingHeight} × {window.PaddingWidth}";

    private static string Pair(string word, int height, int width, int defaultHeight, int defaultWidth)
    {
        if (height == defaultHeight && width == defaultWidth) return "";
        if (height == width) return $", {word} = {height}";
        return (height == defaultHeight ? "" : $", {word}Height = {height}") + (width == defaultWidth ? "" : $", {word}Width = {width}");
    }
}
