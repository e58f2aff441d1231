using NoiseGen;

namespace Harden;

/// <summary>The available data sets.</summary>
internal static class DataSets
{
    /// <summary>Shape of an image.</summary>
    public static Shape ShapeOf(DataChoice data) => data switch
    {
        DataChoice.Cifar10 or DataChoice.ColorDigits => new(3, 32, 32),
        DataChoice.Keywords => new(1, 10, 49),
        _ => new(1, 28, 28),
    };

    /// <summary>Whether its files have to be given.</summary>
    public static bool NeedsFiles(DataChoice data) => data is DataChoice.Mnist or DataChoice.Cifar10;

    /// <summary>Number of classes.</summary>
    public static int ClassesOf(DataChoice data) => data == DataChoice.Keywords ? Keywords.Classes : 10;
}
