using NoiseGen.Runtime.Tests.Data;
using NoiseGen.Runtime.Tests.Lifetime;

namespace NoiseGen.Runtime.Tests.Training;

/// <summary>A run that has ended goes on for more epochs.</summary>
public sealed class ExtensionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Independent =>
        ["constant", "step", "ramp of a length", "variance-aware", "own sigmas", "for each image"];

    public static TheoryData<string> Dependent =>
        ["cosine", "cosine by step", "warm-up and cosine", "ramp", "overshoot", "variance-aware for each image"];

    private string Checkpoint => _folder.File("run.safetensors");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Independent))]
    public void WithSchedulesThatDoNotDependOnTheLengthItEndsWithTheBitsOfALongerRun(string schedules)
    {
        float[] expected = Run(schedules, 6, checkpoint: null);
        Run(schedules, 4, Checkpoint);
        Assert.Equal(expected, Run(schedules, 6, Checkpoint));
        Assert.Equal(6, TrainingHistory.Load(Checkpoint).Epochs.Length);
    }

    [Theory]
    [MemberData(nameof(Dependent))]
    public void OtherSchedulesHaveToBeExtendedBySayingSo(string schedules)
    {
        float[] short4 = Run(schedules, 4, Checkpoint);
        string message = Assert.Throws<CheckpointException>(() => Run(schedules, 6, Checkpoint)).Message;
        Assert.Contains("epochs 4; this one has 6", message);
        Assert.Contains("ExtendsSchedules", message);
        Assert.NotEqual(short4, Run(schedules, 6, Checkpoint, extends: true));
        Assert.Equal(6, TrainingHistory.Load(Checkpoint).Epochs.Length);
    }

    [Fact]
    public void TheRateOfAnExtendedCosineIsThatOfTheLongerOne()
    {
        Run("cosine", 4, Checkpoint);
        Run("cosine", 8, Checkpoint, extends: true);
        Assert.Equal(
            [.. Enumerable.Range(0, 4).Select(epoch => LearningRateSchedule.Cosine().Rate(1e-2f, epoch, 4)),
                .. Enumerable.Range(4, 4).Select(epoch => LearningRateSchedule.Cosine().Rate(1e-2f, epoch, 8))],
            TrainingHistory.Load(Checkpoint).Epochs.Select(epoch => epoch.LearningRate));
    }

    [Fact]
    public void FewerEpochsAreAnotherTraining()
    {
        Run("constant", 4, Checkpoint);
        Assert.Contains(
            "epochs 4; this one has 3", Assert.Throws<CheckpointException>(() => Run("constant", 3, Checkpoint, extends: true)).Message);
    }

    private static float[] Run(string schedules, int epochs, string? checkpoint, bool extends = false)
    {
        using Tiny network = TinyData.Network();
        (LearningRateSchedule rate, NoiseSchedule noise) = schedules switch
        {
            "step" => (LearningRateSchedule.Step(3), NoiseSchedule.Constant(0.1f)),
            "ramp of a length" => (LearningRateSchedule.Constant, NoiseSchedule.Ramp(0.1f, 2)),
            "variance-aware" => (LearningRateSchedule.Constant, NoiseSchedule.VarianceAware(0.1f, 0.1f)),
            "own sigmas" => (LearningRateSchedule.WarmUp(2, LearningRateSchedule.Constant), NoiseSchedule.None),
            "for each image" => (LearningRateSchedule.Constant, NoiseSchedule.Constant(0.1f).With(ImageSigma.HalfNormal(1f, 0.1f))),
            "cosine" => (LearningRateSchedule.Cosine(), NoiseSchedule.Constant(0.1f)),
            "cosine by step" => (LearningRateSchedule.CosineByStep(), NoiseSchedule.Constant(0.1f)),
            "warm-up and cosine" => (LearningRateSchedule.WarmUp(2, LearningRateSchedule.Cosine()), NoiseSchedule.Constant(0.1f)),
            "ramp" => (LearningRateSchedule.Constant, NoiseSchedule.Ramp(0.1f)),
            "overshoot" => (LearningRateSchedule.Constant, NoiseSchedule.Overshoot(0.1f)),
            "variance-aware for each image" =>
                (LearningRateSchedule.Constant, NoiseSchedule.VarianceAware(0.1f, 0.1f).With(ImageSigma.HalfNormal(1f, 0.1f))),
            _ => (LearningRateSchedule.Constant, NoiseSchedule.Constant(0.1f)),
        };
        var trainer = new Trainer(network, new Adam(1e-2f))
            { LearningRate = rate, Noise = noise, Checkpoint = checkpoint, ExtendsSchedules = extends };
        trainer.Run(TinyData.Source(), epochs);
        return TinyData.Parameters(network);
    }
}
