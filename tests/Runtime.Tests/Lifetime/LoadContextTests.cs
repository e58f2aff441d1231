using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace NoiseGen.Runtime.Tests.Lifetime;

/// <summary>A program that loads networks as plug-ins can unload them again.</summary>
public class LoadContextTests
{
    private const string Library = "NoiseGen";

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string end in (string[])[Lifetimes.Disposed, Lifetimes.Dropped])
                foreach (string library in (string[])["shared", "of its own"]) cases.Add(end, library);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AContextWhoseNetworkWasUsedIsUnloaded(string end, string library)
    {
        WeakReference context = Use(end, library);
        for (int i = 0; context.IsAlive && i < 100; i++)
        {
            Lifetimes.Collect();
            Thread.Sleep(20); // threads that run the context's code must end first
        }

        Assert.False(context.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Use(string end, string library)
    {
        var context = new Plugin(library != "shared");
        Assembly assembly = context.LoadFromAssemblyPath(typeof(Lifetimes).Assembly.Location);
        Assert.NotSame(typeof(Lifetimes).Assembly, assembly);
        Type lifetimes = assembly.GetType(typeof(Lifetimes).FullName!)!;
        Assert.Equal(library == "shared", lifetimes.Assembly.GetType(typeof(Tiny).FullName!)!.BaseType == typeof(NeuralNetwork));
        lifetimes.GetMethod(nameof(Lifetimes.LiveOnce))!.Invoke(null, [end, 0]);
        context.Unload();
        return new WeakReference(context);
    }

    /// <summary>Loads the tests' assembly again, and the library's if the context is to have its own.</summary>
    private sealed class Plugin(bool hasLibrary) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName name) =>
            hasLibrary && name.Name == Library ? LoadFromAssemblyPath(typeof(NeuralNetwork).Assembly.Location) : null;
    }
}
