namespace NoiseGen.CompilerServices;

/// <summary>Marks the class that contains the register tiles. The generator emits them when this library is built.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TileLibraryAttribute : Attribute;
