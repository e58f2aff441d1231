namespace NoiseGen.CompilerServices;

/// <summary>Marks the class whose methods are all register tiles. The generator prints them when this library is built.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TileLibraryAttribute : Attribute;
